# What a person types. Each target installs what it lacks: npm packages, the Pulumi CLI, the offline plugins.
#   STACK=local|dev|staging|prod   which stack (local, unless said); any other with a Pulumi.<stack>.yaml, such as enterprise-local
#   OFFLINE=1                      any stack's configuration with no cloud account; local and *-local are always offline
VARIABLES = STACK OFFLINE BASE FORMAT NAME CONTEXT SYSTEM RUNS SEED MINUTES RESUME KUBECONTEXT FUZZ_EVERY FUZZ_BUILT
#   KUBECONTEXT=kind-test          offline, Kubernetes objects go to this test cluster of yours instead of one that is built and started here
# A program gets each variable from its environment, as it was typed. No recipe may hold $(NAME): the shell would run a command in it.
# Without $(value …), make itself would run what stands in $(shell …).
$(foreach name,$(VARIABLES),$(eval override $(name) := $$(value $(name))))
export $(VARIABLES)
MAKEOVERRIDES =
RUN = @node cli/archipelago.cjs

.DEFAULT_GOAL := help
.PHONY: help diagram catalog check review up preview refresh down export policy test bench chaos lint doctor clean drift new-service fuzz

help: ## list the targets
	@echo "make <target> [STACK=local|dev|staging|prod] [OFFLINE=1]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile

up: ## bring the stack up; show outputs, resources per component and the policy result
	$(RUN) up
preview: ## show what `up` would change, judged by every policy pack
	$(RUN) preview
refresh: ## read into the state what is in the cloud now
	$(RUN) refresh
down: ## delete everything the stack has made
	$(RUN) down
export: ## print the deployment as JSON: make -s export STACK=prod OFFLINE=1
	$(RUN) export
policy: ## judge what `up` would make and show only the violations
	$(RUN) policy
check: ## look for mistakes and anti-patterns in every stack, or in STACK, without the engine; exit status 1 on errors
	$(RUN) check
diagram: ## draw a stack's plan into docs/pictures; without STACK the pictures that are there, and the README's
	$(RUN) diagram
catalog: ## write the catalogues of events, services and rights into docs/catalog: of every system, or as STACK has its own
	$(RUN) catalog
test: ## format, lint, types, specs, policy specs and engine specs; ends with one line of counts
	$(RUN) test
review: ## what the working tree does to what stands at BASE=<revision>; its last line is its result
	$(RUN) review
bench: ## show the critical path of `up`, and what policy, growth, starting and a second `up` cost; fails on no figure
	$(RUN) bench
fuzz: ## try every mutant of the descriptions, environments and settings: FUZZ_EVERY=7 tries each seventh; takes an hour
	$(RUN) fuzz
chaos: ## break the local stack in RUNS=100 ways from SEED=1, recover it by the runbook, count what was lost
	$(RUN) chaos
drift: ## change the local stack behind its back in a scratch folder, find it, repair it
	$(RUN) drift
lint: ## format, lint and types
	$(RUN) lint
new-service: ## add NAME=review [CONTEXT=ProductCatalog] [SYSTEM=ecommerce] to a system; show all that it would create
	$(RUN) new-service
doctor: ## say what is found, which version, from where, and what to do about what is missing
	$(RUN) doctor
clean: ## remove what runs have made in this clone
	$(RUN) clean
