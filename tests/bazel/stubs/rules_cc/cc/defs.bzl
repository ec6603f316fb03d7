"""What Bazel's own toolchains load from rules_cc, which Bazel would download: in Bazel 4 the rules are built in."""

cc_binary = native.cc_binary
cc_library = native.cc_library
cc_toolchain = native.cc_toolchain
cc_toolchain_suite = native.cc_toolchain_suite
cc_test = native.cc_test
