//! Link arguments for Android: 16 KiB pages, which phones since Android 15 may have, and a soname.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("android") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,max-page-size=16384");
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,common-page-size=16384");
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libvodomer.so");
    }
}
