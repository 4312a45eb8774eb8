// @generated from the OpenAPI document: change that, and generate again.

use crate::runtime::{Method, Operation, mock};
use crate::runtime::wire;
use crate::types;

/// The operations of [`AppEntitlements`](crate::resources::AppEntitlements), to set what they answer.
#[derive(Clone, Copy, Debug)]
pub struct AppEntitlements<'a> {
    mock: &'a mock::Mock,
}

impl<'a> AppEntitlements<'a> {
    pub(super) fn new(mock: &'a mock::Mock) -> Self {
        Self { mock }
    }

    /// What [`get`](crate::resources::AppEntitlements::get) is answered with.
    pub fn get(self) -> mock::On<'a, mock::Json<types::GetAppEntitlementResponse>> {
        self.mock.operation_of("c1.api.app.v1.AppEntitlements.Get")
    }
}

/// What the server has to know of the operations.
pub(super) static RESOURCE: mock::Resource = mock::Resource {
    endpoints: &[
        mock::Endpoint::new(
                Operation::new(
                    "c1.api.app.v1.AppEntitlements.Get",
                    Method::GET,
                    "/api/v1/apps/{app_id}/entitlements/{id}",
                ),
            )
            .answers(200, &[mock::Content::Json("application/json")])
            .documents(
                &[
                    mock::Documented {
                        statuses: &["400", "401", "403", "404", "409", "429", "default"],
                        decodes: mock::answers::<types::Status, wire::Own>,
                    },
                ],
            ),
    ],
    answers: include_str!("answers/app_entitlements.json"),
};
