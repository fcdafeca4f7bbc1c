//! The page's module.

fn main() {
    #[cfg(target_arch = "wasm32")]
    admit_web::run();
}
