//! One file for each page: its controls, defaults, rules, picture and help. Here they stand together.

pub mod addresses;
pub mod checks;
pub mod disk;
pub mod done;
pub mod drivers;
pub mod failed;
pub mod host_name;
pub mod in_use;
pub mod keyboard;
pub mod language;
pub mod login;
pub mod menu;
pub mod network;
pub mod network_test;
pub mod progress;
pub mod repair;
pub mod repair_host;
pub mod report;
pub mod save;
pub mod storage;
pub mod summary;
pub mod time;

use crate::wizard::behaviour::{Behaviour, Event};
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::page::Page;

macro_rules! pages {
    ($($page:ident: $module:ident,)*) => {
        /// All pages, each with what only it has to know.
        #[derive(Debug, Default)]
        pub struct Pages {
            $($module: $module::$page,)*
        }

        impl Pages {
            /// What a page shows.
            pub fn get(&self, page: Page) -> &dyn Behaviour {
                match page {
                    $(Page::$page => &self.$module,)*
                }
            }

            /// The same, for something that happens to it.
            pub fn get_mut(&mut self, page: Page) -> &mut dyn Behaviour {
                match page {
                    $(Page::$page => &mut self.$module,)*
                }
            }

            fn all(&mut self) -> Vec<&mut dyn Behaviour> {
                vec![$(&mut self.$module,)*]
            }
        }
    };
}

pages! {
    Language: language,
    Keyboard: keyboard,
    Menu: menu,
    Checks: checks,
    Disk: disk,
    Storage: storage,
    Network: network,
    Addresses: addresses,
    HostName: host_name,
    Time: time,
    Login: login,
    Summary: summary,
    Progress: progress,
    Done: done,
    Failed: failed,
    InUse: in_use,
    Drivers: drivers,
    Repair: repair,
    RepairHost: repair_host,
    Report: report,
    Save: save,
}

impl Pages {
    /// All pages, with their marks where most people want them; the focus is on the first page.
    pub fn new(model: &mut Model) -> Self {
        let mut pages = Self::default();
        for page in pages.all() {
            page.preselect(model);
        }
        pages.shown(model).focus(model);
        pages
    }

    /// The page that is shown.
    pub fn shown(&self, model: &Model) -> &dyn Behaviour {
        self.get(model.page)
    }

    /// Tells the page that is shown what happens.
    pub fn tell(&mut self, model: &mut Model, event: Event) -> Vec<Effect> {
        let page = self.get_mut(model.page);
        page.handle(model, event).unwrap_or_default()
    }

    /// The machine was looked at again; `before` is how everything was.
    pub fn reprobed(&mut self, model: &mut Model, before: &Model) {
        for page in self.all() {
            page.reprobed(model, before);
        }
    }
}
