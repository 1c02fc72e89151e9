# What a person remembers; continuous integration runs the same through ./test.

# what the tests need, without running them
setup:
    ./test setup

# a practice division and the province beside it
run *ARGS:
    cargo run --release -- demo {{ARGS}}

# everything, or one part: unit, lint, e2e
test *PART:
    ./test {{PART}}

# format, lints, layers, prose
check:
    ./test lint

# mends what a program can mend
fix:
    cargo fmt --all
    cargo clippy --workspace --all-targets --fix --allow-dirty --allow-staged

# writes generated files
regen:
    cargo xtask regen

# throws the practice division away; the next run makes it again
db-reset DATA="lodgepole-demo":
    rm -rf {{DATA}}

# browser journeys alone
e2e:
    ./test e2e

# sizes of files and functions
metrics:
    cargo xtask metrics

# does everything the guides name exist?
docs:
    cargo xtask docs
