//! Draws the model. Knows nothing of terminals: what is too much for one is taken out at the end.

use super::control::{Button, Control};
use super::model::{Layer, Model};
use super::page::Page;
use firn_tui::control::Kind;
use firn_tui::frame::{self, Around, Foot};
use firn_tui::{form, layers, page, theme};
use firn_words::{Text, say};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub use firn_tui::sheet::Item;

/// A page of the wizard as rows.
pub type Sheet<'a> = firn_tui::sheet::Sheet<'a, Model>;

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    if frame::is_too_small(area) {
        frame::only(&too_small(model, area), frame, area);
    } else {
        around(model, area).draw(frame, area);
        let page = page(model, frame::body(area));
        page.draw(&model.form, model.layer.is_some(), frame);
        layer(model, frame, area);
    }
    model.theme.reduce(frame.buffer_mut());
}

fn too_small(model: &Model, area: Rect) -> String {
    model.say(say!(
        "wizard-too-small",
        columns = area.width,
        lines = area.height,
        least_columns = frame::LEAST.0,
        least_lines = frame::LEAST.1
    ))
}

fn around(model: &Model, area: Rect) -> Around {
    let steps = Page::STEPS.iter();
    let over = matches!(model.page, Page::Progress | Page::Done | Page::Failed);
    Around {
        left: left(model),
        right: place(model, area),
        steps: steps
            .map(|page| model.say(page.behaviour().short()))
            .collect(),
        done: model
            .page
            .step()
            .unwrap_or(if over { Page::STEPS.len() } else { 0 }),
        on_step: model.page.step().is_some(),
        foot: foot(model),
    }
}

fn left(model: &Model) -> Vec<Span<'static>> {
    let console = say!("wizard-on-console", console = &model.console);
    let console = if model.serial {
        model.say(console)
    } else {
        String::new()
    };
    let demo = if model.demo {
        format!("   {}", model.say(say!("wizard-demo")))
    } else {
        String::new()
    };
    vec![
        Span::styled("  Firn ", theme::accent().patch(theme::title())),
        Span::styled(env!("CARGO_PKG_VERSION"), theme::dim()),
        Span::styled(format!(" {console}"), theme::dim()),
        Span::styled(demo, theme::warn()),
    ]
}

/// Which step it is, where the steps do not stand beside the page; else which machine.
fn place(model: &Model, area: Rect) -> String {
    match model.page.step() {
        Some(step) if !frame::is_wide(area) => model.say(say!(
            "wizard-place",
            page = model.page.behaviour().short(),
            n = step + 1,
            of = Page::STEPS.len()
        )),
        _ => model.machine.product.clone().unwrap_or_default(),
    }
}

fn foot(model: &Model) -> Foot {
    let keys = |text: Text| Foot::Keys(model.say(text));
    match (&model.layer, &model.busy, &model.notice, &model.told) {
        (None, None, Some(notice), _) => Foot::Notice(model.say(notice.clone())),
        (None, None, None, Some(told)) => Foot::Told(model.say(told.clone())),
        (None, None, None, None) => {
            let own = model.page.behaviour().hints(model);
            keys(own.unwrap_or_else(|| hints(model.form.focus)))
        }
        (None, Some(busy), _, _) => Foot::Busy(model.say(busy.clone())),
        (Some(Layer::Help), ..) => keys(say!("keys-close")),
        (Some(Layer::Question { .. }), ..) => keys(say!("keys-question")),
    }
}

/// What the keys do on the focused control.
fn hints(focus: Option<Control>) -> Text {
    match focus.map(|focus| focus.kind) {
        Some(Kind::Choice(_)) => say!("keys-choice"),
        Some(Kind::Picker) => say!("keys-picker"),
        Some(Kind::Ticks) => say!("keys-ticks"),
        Some(Kind::List) => say!("keys-list"),
        Some(Kind::Text | Kind::Secret) => say!("keys-text"),
        Some(Kind::Button(_)) | None => say!("keys-button"),
    }
}

/// Lays the page out in an area of this size.
fn page(model: &Model, area: Rect) -> page::Page<Button> {
    let behaviour = model.page.behaviour();
    let intro = behaviour.intro(model).map(|text| model.say(text));
    let mut page = page::Page::new(area, model.say(behaviour.title()), intro, buttons(model));
    page.text = behaviour.lines(model, page.columns());
    let mut sheet = Sheet::new(model, usize::from(area.width), page.height());
    behaviour.view(&mut sheet);
    page.rows = sheet.rows;
    page
}

fn buttons(model: &Model) -> Line<'static> {
    page::buttons(model.buttons().into_iter().map(|button| {
        let focused = model.form.focus == Some(Control::button(button));
        let style = match button {
            Button::Install => theme::bad(),
            _ => Style::new(),
        };
        page::button(model.say(button.label()), focused, style)
    }))
}

/// Help, or the page's question.
fn layer(model: &Model, frame: &mut Frame, area: Rect) {
    let behaviour = model.page.behaviour();
    match model.layer {
        Some(Layer::Help) => {
            let page = model.say(behaviour.short());
            let title = model.say(say!("wizard-help-title", page = page));
            let texts = behaviour
                .help()
                .into_iter()
                .chain([say!("wizard-help-keys")]);
            let texts = texts.map(|text| model.say(text));
            layers::draw(frame, area, &title, |columns| {
                layers::paragraphs(texts, columns)
            });
        }
        Some(Layer::Question { yes }) => {
            let Some(question) = behaviour.question(model) else {
                return;
            };
            let title = model.say(question.title.clone());
            let lines = |columns| question.lines(yes, columns, |text| model.say(text));
            layers::draw(frame, area, &title, lines);
        }
        None => {}
    }
}

/// What keys can reach on the page.
pub fn reach(model: &Model) -> form::Reach<Button> {
    let least = frame::LEAST;
    let (width, height) = (model.size.0.max(least.0), model.size.1.max(least.1));
    let page = page(model, frame::body(Rect::new(0, 0, width, height)));
    form::Reach {
        fields: model.fields(),
        buttons: model.buttons(),
        lines: model
            .form
            .focus
            .map_or(0, |control| model.list_len(control)),
        scroll_end: page.scroll_end(),
    }
}
