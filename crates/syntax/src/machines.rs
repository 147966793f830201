//! Paths that exist on one machine only.

/// Beginnings of such paths: homes, mounts, and the folders of Colab, Kaggle, Databricks and clusters.
pub const MACHINES: &[&str] = &[
    "/home/",
    "/Users/",
    "/mnt/",
    "/content/",
    "/kaggle/",
    "/root/",
    "/scratch/",
    "/gpfs/",
    "/dbfs/",
    "C:\\",
    "D:\\",
    "C:/",
    "D:/",
];
