//! Makes one call with the generated crate.

use std::error::Error;

use conductorone::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("the URL of the server is missing")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = Client::builder().base_url(url).bearer_token("t0k3n-t0k3n").build()?;
    let response =
        runtime.block_on(async { client.app_entitlements().get("app_ci", "ent_release").await })?;
    let entitlement = response.app_entitlement_view.and_then(|view| view.app_entitlement);
    println!("{}", entitlement.ok_or("there is no entitlement")?.display_name);
    Ok(())
}
