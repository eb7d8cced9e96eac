# `just` lists the recipes.

[private]
default:
    @just --list

# Read the bundled briefing, or what is given
run *args:
    cargo run --release -- {{args}}

# Run all tests
test:
    cargo test

# What the continuous integration does
ci:
    .ci/run

# Check formatting and lints
lint:
    cargo fmt --check
    cargo clippy --all-targets -- --deny warnings

# Format the code
fmt:
    cargo fmt

# Take the present screens as the right ones
snap:
    INSTA_UPDATE=always cargo test

# Rewrite what is made from the program: the picture and the table of keys in the README
update:
    UPDATE=1 cargo test --lib generated
    UPDATE=1 cargo test --lib the_published_pages_are_fresh

# Check licences and sources of what we build on
deny:
    cargo deny check
