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

# Fuzz one of yaml, markdown, text, html, epub, kept, query, keymap, storm (needs nightly and cargo-fuzz)
fuzz target:
    mkdir -p fuzz/corpus/{{target}}
    cargo +nightly fuzz run {{target}} fuzz/corpus/{{target}} fuzz/seeds/{{target}}

# How long each stage takes, from bytes to cells
stages:
    cargo bench --features bench --bench stages

# How time and memory grow with the size of what is read
scaling:
    cargo bench --features bench --bench scaling

# Measure the program in a terminal, and write docs/benchmarks.md
bench:
    benches/terminal
