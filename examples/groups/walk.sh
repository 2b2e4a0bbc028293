#!/bin/sh
# Walks through the service, which runs with: go run ./examples/groups
# Another address than the usual one is the first argument.
set -eu
url=${1:-http://localhost:8080}

# ask METHOD PATH [BODY] prints what is asked and what is answered.
ask() {
	printf '$ %s %s %s\n' "$1" "$2" "${3:-}"
	if [ $# -gt 2 ]; then
		curl -sS -X "$1" -H 'Content-Type: application/json' -d "$3" -w '%{http_code}\n' "$url$2"
	else
		curl -sS -X "$1" -w '%{http_code}\n' "$url$2"
	fi
}

# Two groups and a resource.
ask POST /group '{"name":"editors","description":"Who writes"}'
ask POST /group '{"name":"finance"}'
ask POST /resource '{"name":"handbook"}'

# Ann and the handbook have no group in common, and then they have.
ask POST /group/1/user '[{"userId":"ann"},{"userId":"bob"}]'
ask GET '/authorized?userId=ann&resourceName=handbook'
ask POST /group/1/authorize '[{"resourceId":1}]'
ask GET '/authorized?userId=ann&resourceName=handbook'

# The same from either end.
ask GET /user/ann/resource
ask GET /resource/1/user

# A batch is stored whole or not at all.
ask POST /group/2/authorize '[{"resourceId":1},{"resourceId":99}]'
ask GET /group/2/resource

# What is taken away is gone with the answer.
ask DELETE /group/1/user/ann
ask GET '/authorized?userId=ann&resourceName=handbook'
ask GET '/authorized?userId=nobody&resourceName=nothing'
