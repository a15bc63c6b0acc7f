//! `/templates`.

use crate::http::refusal::Refusal;
use crate::template::catalog;
use axum::Json;
use axum::extract::Path;
use firn_api::{Problems, Template};
use firn_templates::{Firmware, Kind};

/// All templates; first the one that is meant where none is named.
#[utoipa::path(get, path = "/templates", tag = "templates", responses((status = 200, body = [Template])))]
pub async fn list() -> Result<Json<Vec<Template>>, Refusal> {
    let catalog = catalog().map_err(|error| Refusal::failed(&error))?;
    Ok(Json(catalog.all().map(shown).collect()))
}

/// One template.
#[utoipa::path(get, path = "/templates/{id}", tag = "templates", params(("id" = String, Path)),
    responses((status = 200, body = Template), (status = 404, body = Problems, content_type = "application/problem+json")))]
pub async fn show(Path(id): Path<String>) -> Result<Json<Template>, Refusal> {
    let catalog = catalog().map_err(|error| Refusal::failed(&error))?;
    let template = catalog.find(&id).map_err(Refusal::no_such)?;
    Ok(Json(shown(template)))
}

fn shown(template: &firn_templates::Template) -> Template {
    Template {
        id: template.id.clone(),
        title: template.title.clone(),
        family: template.family.clone(),
        pvh: template.kind == Kind::Pvh,
        uefi: template.firmware == Some(Firmware::Uefi),
        viridian: template.viridian,
        local_time: template.local_time(),
        least_memory: template.least,
        memory: template.memory,
        cpus: template.cpus,
        disk: template.disk,
        user: template.user.clone(),
        notes: template.notes.clone(),
        source: template.source.clone(),
        ran: template.ran.clone(),
    }
}
