//! The servers that the command knows.

use std::path::Path;

/// A server that is a Python package.
#[derive(Debug)]
pub(super) struct KnownServer {
    /// The name, and the folder in `tests/servers` with the requirements, the settings and the program.
    pub(super) name: &'static str,
    /// The commands that fill the store before the server starts.
    pub(super) setup: &'static [&'static [&'static str]],
    /// The server and its arguments. `{bin}`, `{data}`, `{source}` and `{port}` are replaced, in the other texts as well.
    pub(super) command: &'static [&'static str],
    /// The environment variables of all commands.
    pub(super) environment: &'static [(&'static str, &'static str)],
    /// The path of the OpenAPI document on the server.
    pub(super) document: &'static str,
    /// The path that all operations start with, and that the document does not state.
    pub(super) base: &'static str,
}

/// All servers, in the order in which they are started.
pub(super) const SERVERS: &[KnownServer] = &[
    KnownServer {
        name: "prefect",
        setup: &[],
        command: &["{bin}/prefect", "server", "start", "--host", "127.0.0.1", "--port", "{port}"],
        environment: &[
            ("PREFECT_HOME", "{data}"),
            ("PREFECT_SERVER_UI_ENABLED", "false"),
            ("PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
            ("DO_NOT_TRACK", "1"),
            // They write to the store at any time, and then SQLite refuses the write of a call.
            ("PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED", "false"),
            ("PREFECT_SERVER_SERVICES_FOREMAN_ENABLED", "false"),
            ("PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED", "false"),
            ("PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED", "false"),
            ("PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED", "false"),
            ("PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED", "false"),
            ("PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED", "false"),
            ("PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED", "false"),
        ],
        document: "/openapi.json",
        base: "/api",
    },
    KnownServer {
        name: "chroma",
        setup: &[],
        command: &["{bin}/chroma", "run", "--host", "127.0.0.1", "--port", "{port}", "--path", "{data}"],
        environment: &[("CHROMA_ALLOW_RESET", "true"), ("ALLOW_RESET", "true")],
        document: "/openapi.json",
        base: "",
    },
    KnownServer {
        name: "airflow",
        setup: &[&["{bin}/airflow", "db", "migrate"], &["{bin}/airflow", "dags", "reserialize"]],
        command: &[
            "{bin}/airflow",
            "api-server",
            "--host",
            "127.0.0.1",
            "--port",
            "{port}",
            "--workers",
            "1",
            "--apps",
            "core",
        ],
        environment: &[
            ("AIRFLOW_HOME", "{data}"),
            ("AIRFLOW__API__EXPOSE_CONFIG", "true"),
            // Not a secret: it signs the tokens of a server that lives for a minute.
            (
                "AIRFLOW__API_AUTH__JWT_SECRET",
                "a key of sixty-four bytes or more, which is what SHA-512 asks for",
            ),
            ("AIRFLOW__CORE__DAGS_FOLDER", "{source}/dags"),
            ("AIRFLOW__CORE__LOAD_EXAMPLES", "false"),
            ("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS", "true"),
            ("AIRFLOW__CORE__TEST_CONNECTION", "Enabled"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
        ],
        document: "/openapi.json",
        base: "",
    },
    KnownServer {
        name: "label_studio",
        setup: &[],
        command: &[
            "{bin}/label-studio",
            "start",
            "--no-browser",
            "--internal-host",
            "127.0.0.1",
            "--port",
            "{port}",
        ],
        environment: &[
            ("COLLECT_ANALYTICS", "false"),
            ("FRONTEND_SENTRY_DSN", ""),
            ("LABEL_STUDIO_BASE_DATA_DIR", "{data}"),
            ("LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN", "true"),
            ("LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT", "{data}"),
            ("LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED", "true"),
            ("LABEL_STUDIO_PASSWORD", "password-1"),
            ("LABEL_STUDIO_USER_TOKEN", "0123456789abcdef0123456789abcdef01234567"),
            ("LABEL_STUDIO_USERNAME", "me@example.com"),
            ("LATEST_VERSION_CHECK", "false"),
            ("SENTRY_DSN", ""),
            ("SSRF_PROTECTION_ENABLED", "false"),
        ],
        document: "/docs/api/schema/json/",
        base: "",
    },
];

/// The values of a run.
pub(super) struct Values<'a> {
    /// The folder of the programs of the virtual environment.
    pub(super) bin: &'a Path,
    /// The folder for the data of the server.
    pub(super) data: &'a Path,
    /// The server's folder in `tests/servers`.
    pub(super) source: &'a Path,
    pub(super) port: u16,
}

impl KnownServer {
    /// Returns the commands that fill the store.
    pub(super) fn setup(&self, values: &Values<'_>) -> Vec<Vec<String>> {
        self.setup.iter().map(|command| values.fill_all(command)).collect()
    }

    /// Returns the server and its arguments.
    pub(super) fn command(&self, values: &Values<'_>) -> Vec<String> {
        values.fill_all(self.command)
    }

    /// Returns the environment variables.
    pub(super) fn environment(&self, values: &Values<'_>) -> Vec<(&'static str, String)> {
        self.environment.iter().map(|(name, text)| (*name, values.fill(text))).collect()
    }
}

impl Values<'_> {
    fn fill_all(&self, texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| self.fill(text)).collect()
    }

    fn fill(&self, text: &str) -> String {
        text.replace("{bin}", &self.bin.to_string_lossy())
            .replace("{data}", &self.data.to_string_lossy())
            .replace("{source}", &self.source.to_string_lossy())
            .replace("{port}", &self.port.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_server_has_its_files() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/servers");
        for server in SERVERS {
            for file in ["main.rs", "codegen.toml", "requirements.txt"] {
                assert!(folder.join(server.name).join(file).is_file(), "{}/{file}", server.name);
            }
        }
    }

    #[test]
    fn requirements_are_pinned() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/servers");
        for server in SERVERS {
            let path = folder.join(server.name).join("requirements.txt");
            let text = std::fs::read_to_string(path).expect("the file exists");
            let requirements = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            for requirement in requirements {
                assert!(requirement.contains("=="), "{}: {requirement}", server.name);
            }
        }
    }

    #[test]
    fn the_port_and_the_folders_are_filled_in() {
        let [bin, data, source] = ["/venv/bin", "/data", "/source"].map(Path::new);
        let values = Values { bin, data, source, port: 4200 };
        let command = SERVERS[0].command(&values);
        assert_eq!((&*command[0], &*command[6]), ("/venv/bin/prefect", "4200"));
        assert_eq!(SERVERS[0].environment(&values)[0], ("PREFECT_HOME", "/data".to_owned()));
    }
}
