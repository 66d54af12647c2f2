//! The core's log in logcat, under the tag `vodomer`. It never names accounts, people or tokens.

use once_cell::sync::OnceCell;

static STARTED: OnceCell<()> = OnceCell::new();

/// Starts logging, once a process.
pub(crate) fn start() {
    STARTED.get_or_init(|| {
        #[cfg(target_os = "android")]
        android_logger::init_once(
            android_logger::Config::default().with_tag("vodomer").with_max_level(log::LevelFilter::Info),
        );
    });
}
