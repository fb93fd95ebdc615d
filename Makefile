# maildoctor: everything that builds and tests it. Plain "make" lists it.

GO      ?= $(shell command -v go 2>/dev/null || echo /usr/local/go/bin/go)
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null)
LDFLAGS  = -s -w $(if $(VERSION),-X main.version=$(VERSION))
BUILD    = CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)'
FUZZTIME ?= 20s

# The systems that a release is made for; check compiles for each.
TARGETS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

.PHONY: help demo test check fmt vet lint race fresh cross e2e bench generate fuzz build man release-check clean

help: ## list what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

demo: build ## diagnose a misconfigured server that maildoctor starts itself
	./maildoctor demo

test: ## run the tests
	$(GO) test ./...

check: fmt vet lint fresh cross race ## the gate: format, vet, staticcheck, race tests, generated files, all systems

fmt:
	@bad=$$(find . -name '*.go' -not -path './.git/*' -exec $$($(GO) env GOROOT)/bin/gofmt -l {} +); \
	if [ -n "$$bad" ]; then echo "not formatted, run gofmt -w on:"; echo "$$bad"; exit 1; fi

vet:
	$(GO) vet ./...
	$(GO) vet -tags e2e ./internal/e2e/

lint:
	$(GO) tool staticcheck ./...
	$(GO) tool staticcheck -tags e2e ./internal/e2e/

race:
	@command -v $$($(GO) env CC) >/dev/null || { echo "the race detector needs a C compiler: install gcc"; exit 1; }
	CGO_ENABLED=1 $(GO) test -race -shuffle=on ./...

fresh: ## generated files are what their sources say
	@$(GO) run ./internal/gendocs -check

cross:
	@for t in $(TARGETS); do \
		echo "build $$t"; \
		CGO_ENABLED=0 GOOS=$${t%/*} GOARCH=$${t#*/} $(GO) build -o /dev/null ./cmd/maildoctor || exit 1; \
	done

e2e: build ## run the binary against real mail servers (Linux, root, Debian 12)
	$(GO) test -tags e2e -count=1 -timeout 8m ./internal/e2e/... -args -maildoctor=$(CURDIR)/maildoctor

bench: ## count round trips over a delayed link
	$(GO) test ./internal/probe -run '^$$' -bench RoundTrips -benchtime 3x

generate: ## write the generated files anew
	$(GO) run ./internal/gendocs

fuzz: ## run every fuzz target, FUZZTIME each (20s)
	@for p in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
			echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
		done; \
	done

build: ## build ./maildoctor, one static binary
	$(BUILD) -o maildoctor ./cmd/maildoctor

SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null)
man: ## write the manual pages into man, and completions for shells into completions
	$(GO) run ./internal/gendocs -man man -epoch "$(SOURCE_DATE_EPOCH)" -completions completions

# What cannot be made here: images need docker and its buildx, lists of modules need syft.
SKIP = $(shell docker buildx version >/dev/null 2>&1 && docker info >/dev/null 2>&1 || echo docker) $(shell command -v syft >/dev/null || echo sbom)

release-check: ## make a release without publishing it (goreleaser)
	@if ! command -v goreleaser >/dev/null; then echo "not run: goreleaser is not installed (https://goreleaser.com/install)"; exit 0; fi; \
	set -ex; goreleaser check; goreleaser release --snapshot --clean $(addprefix --skip=,$(SKIP)); \
	(cd dist && sha256sum -c --quiet checksums.txt)

clean:
	rm -rf maildoctor dist man completions
