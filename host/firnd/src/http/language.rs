//! Sentences in the language that a client asks for with `Accept-Language`. Ids, fields and values are the same in all of them.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use firn_api::Problem;
use firn_words::Language;
use serde_json::Value;

/// The language that a request asks for.
pub fn asked(headers: &HeaderMap) -> Language {
    let header = headers.get(header::ACCEPT_LANGUAGE);
    let header = header.and_then(|header| header.to_str().ok());
    header.map(Language::accepted).unwrap_or_default()
}

/// Answers a request in its language.
pub async fn answer(request: Request, next: Next) -> Response {
    let language = asked(request.headers());
    let mut response = next.run(request).await;
    let vary = HeaderValue::from_static("accept-language");
    response.headers_mut().append(header::VARY, vary);
    match language == Language::En || !is_json(&response) {
        true => response,
        false => said(response, language).await,
    }
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind == "application/json" || kind == firn_api::PROBLEM_TYPE
}

async fn said(response: Response, language: Language) -> Response {
    let (mut head, body) = response.into_parts();
    // It is one of our own, and in memory already.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Ok(mut value) = serde_json::from_slice(&bytes) else {
        return Response::from_parts(head, Body::from(bytes));
    };
    say(&mut value, language);
    head.headers.remove(header::CONTENT_LENGTH);
    let code = HeaderValue::from_static(language.code());
    head.headers.insert(header::CONTENT_LANGUAGE, code);
    Response::from_parts(head, Body::from(value.to_string()))
}

/// Says every sentence in a value in this language.
pub fn say(value: &mut Value, language: Language) {
    // Of all that is told, only a `Problem` has an id and a text.
    if let Some(problem) = problem(value) {
        value["text"] = problem.told(language).into();
        return;
    }
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| say(one, language)),
        Value::Object(all) => all.values_mut().for_each(|one| say(one, language)),
        _ => {}
    }
}

fn problem(value: &Value) -> Option<Problem> {
    value.get("id").and(value.get("text"))?;
    serde_json::from_value(value.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_words::say as sentence;
    use serde_json::json;

    #[test]
    fn sentences_are_said_and_everything_else_stays() {
        let text = sentence!("firnd-no-task", id = "text");
        let mut value = json!({"id": "text", "name": "a", "why": Problem::new(&text, Some("id")),
            "problems": [[Problem { text: "not ours".into(), ..Problem::default() }]]});
        say(&mut value, Language::De);
        assert_eq!(
            value,
            json!({"id": "text", "name": "a",
                "why": {"id": "firnd-no-task", "values": {"id": "text"}, "field": "id", "text": "Die Aufgabe text gibt es nicht. Beendete Aufgaben sind nach einem Neustart von firnd vergessen."},
                "problems": [[{"id": "", "text": "not ours"}]]})
        );
    }
}
