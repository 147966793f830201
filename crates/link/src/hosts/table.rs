//! What becomes of the functions that hosts have.

/// Texts without which an input uses nothing of a host.
pub(super) const MARKS: [&str; 8] = [
    "google.colab",
    "kaggle_secrets",
    "dbutils",
    "getArgument",
    "spark",
    "displayHTML",
    "tqdm.notebook",
    "dotenv",
];

pub(super) const MOUNT: &str = "google.colab.drive.mount";
pub(super) const KAGGLE_CLIENT: &str = "kaggle_secrets.UserSecretsClient";

/// What becomes of a call.
#[derive(Debug, Clone, Copy)]
pub(super) enum Becomes {
    /// It goes, for this reason, when it is a statement of its own.
    Nothing(&'static str),
    /// An environment variable, named by this parameter.
    Variable(&'static str),
    /// The files of the folder.
    Uploads,
    /// A variable of the job.
    Widget,
    /// It looks for a file beside the input and in the folders above: a package looks in its folder of work.
    Search,
    /// The same, unless it is given a file.
    SearchUnlessGiven,
    /// It goes, for this reason, when it is the last statement.
    End(&'static str),
}

/// What becomes of a call of the function with this dotted name.
pub(super) fn becomes(path: &str) -> Option<Becomes> {
    const COLAB: Becomes = Becomes::Nothing("it exists only in Colab");
    const BROWSER: Becomes = Becomes::Nothing("it hands a file to the browser");
    const DATABRICKS: Becomes = Becomes::Nothing("it exists only in Databricks");
    const SHOWN: Becomes = Becomes::Nothing("it shows something only in a notebook");
    Some(match path {
        "google.colab.files.upload" => Becomes::Uploads,
        "google.colab.files.download" | "google.colab.files.view" => BROWSER,
        "google.colab.userdata.get" => Becomes::Variable("key"),
        "google.colab.patches.cv2_imshow" | "displayHTML" => SHOWN,
        MOUNT | "google.colab.drive.flush_and_unmount" | "google.colab.auth.authenticate_user" => {
            COLAB
        }
        _ if path.starts_with("google.colab.output.")
            || path.starts_with("google.colab.data_table.")
            || path.starts_with("google.colab.runtime.")
            || path.starts_with("google.colab.syntax.") =>
        {
            COLAB
        }
        "dotenv.find_dotenv" => Becomes::Search,
        "dotenv.load_dotenv" | "dotenv.dotenv_values" => Becomes::SearchUnlessGiven,
        "kaggle_secrets.UserSecretsClient.get_secret" => Becomes::Variable("label"),
        "dbutils.secrets.get" => Becomes::Variable("key"),
        "dbutils.widgets.text"
        | "dbutils.widgets.dropdown"
        | "dbutils.widgets.combobox"
        | "dbutils.widgets.multiselect"
        | "dbutils.widgets.get"
        | "dbutils.widgets.getArgument"
        | "getArgument" => Becomes::Widget,
        "dbutils.widgets.remove"
        | "dbutils.widgets.removeAll"
        | "dbutils.library.restartPython"
        | "dbutils.library.installPyPI"
        | "dbutils.help" => DATABRICKS,
        "dbutils.notebook.exit" => Becomes::End("it ends the notebook"),
        "dbutils.fs.ls" | "dbutils.fs.head" | "dbutils.fs.help" => SHOWN,
        _ => return None,
    })
}

/// Whether a module, or what it has, exists only on a host.
pub(super) fn is_of_a_host(path: &str) -> bool {
    path.starts_with("google.colab") || path.starts_with("kaggle_secrets")
}
