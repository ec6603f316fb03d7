"""Rules for Aurora job files. Everything public is loaded from here."""

load("//private:check.bzl", _aurora_check_test = "aurora_check_test")
load("//private:jobs.bzl", _aurora_jobs = "aurora_jobs")
load("//private:library.bzl", _AuroraInfo = "AuroraInfo", _aurora_library = "aurora_library")
load("//private:toolchain.bzl", _aurora_toolchain = "aurora_toolchain")

AuroraInfo = _AuroraInfo
aurora_check_test = _aurora_check_test
aurora_jobs = _aurora_jobs
aurora_library = _aurora_library
aurora_toolchain = _aurora_toolchain
