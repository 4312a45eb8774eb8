//! Makes one call with `reqwest` alone.

use std::error::Error;

use benches::by_hand::ViewResponse;

fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("the URL of the server is missing")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // Like in the generated crate, and smaller than the default of `reqwest`.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().build()?;
    let request = client.get(format!("{url}/api/v1/apps/app_ci/entitlements/ent_release"));
    let request = request.bearer_auth("t0k3n-t0k3n");
    let response: ViewResponse =
        runtime.block_on(async { request.send().await?.error_for_status()?.json().await })?;
    let entitlement = response.app_entitlement_view.and_then(|view| view.app_entitlement);
    println!("{}", entitlement.ok_or("there is no entitlement")?.display_name);
    Ok(())
}
