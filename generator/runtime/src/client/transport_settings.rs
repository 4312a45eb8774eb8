//! Settings of the default transport on the builder.

use std::time::Duration;

use super::super::net::reqwest_transport::Settings;
use super::builder::ClientBuilder;

/// Settings of the default transport. With another transport, they are an error.
impl ClientBuilder {
    /// Sets the connect timeout. The default is 10 seconds.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.settings(|settings| Ok(settings.connect_timeout(timeout)))
    }

    /// Sends all requests through this proxy: `http://proxy.example.com:8080`, or `http://user:password@...`
    /// if it requires authentication. By default the environment variables `HTTPS_PROXY`, `HTTP_PROXY`,
    /// `ALL_PROXY` and `NO_PROXY` are used.
    pub fn proxy(self, url: &str) -> Self {
        self.settings(|settings| Ok(settings.proxy(reqwest::Proxy::all(url)?)))
    }

    /// Trusts these PEM certificates, in addition to the root certificates of the operating system.
    pub fn root_certificate(self, pem: &[u8]) -> Self {
        self.settings(|settings| Ok(settings.tls_certs_merge(reqwest::Certificate::from_pem_bundle(pem)?)))
    }

    /// Ignores the proxies of the environment, for a server on this machine.
    #[cfg(feature = "mock")]
    pub(in super::super) fn on_loopback(mut self) -> Self {
        self.default_settings = || Settings::default().with(|settings| Ok(settings.no_proxy()));
        self
    }

    fn settings(
        mut self,
        set: impl FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, reqwest::Error>,
    ) -> Self {
        self.reqwest = Some(self.reqwest.unwrap_or_else(self.default_settings).with(set));
        self
    }
}
