// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::{Method, Operation, mock};
use crate::runtime::wire;
use crate::types;

/// The operations of [`AppEntitlements`](crate::resources::AppEntitlements), whose responses can be set.
#[derive(Clone, Copy, Debug)]
pub struct AppEntitlements<'a> {
    pub(super) mock: &'a mock::MockServer,
}

impl<'a> AppEntitlements<'a> {
    /// Returns the operation [`get`](crate::resources::AppEntitlements::get).
    pub fn get(
        self,
    ) -> mock::MockOperation<'a, mock::Json<types::GetAppEntitlementResponse>> {
        self.mock.typed_operation("c1.api.app.v1.AppEntitlements.Get")
    }
}

/// The operations of the resource.
pub(super) static RESOURCE: mock::Resource = mock::Resource {
    endpoints: &[
        mock::Endpoint::new(
                Operation::new(
                    "c1.api.app.v1.AppEntitlements.Get",
                    Method::GET,
                    "/api/v1/apps/{app_id}/entitlements/{id}",
                ),
            )
            .responds_with(200, &[mock::Content::Json("application/json")])
            .documents(
                &[
                    mock::DocumentedResponse {
                        statuses: &["200"],
                        decodes: mock::decodes_response::<
                            types::GetAppEntitlementResponse,
                            wire::Own,
                        >,
                    },
                    mock::DocumentedResponse {
                        statuses: &["400", "401", "403", "404", "409", "429", "default"],
                        decodes: mock::decodes_response::<types::Status, wire::Own>,
                    },
                ],
            ),
    ],
    responses: include_str!("responses/app_entitlements.json"),
};
