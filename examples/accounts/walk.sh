#!/bin/sh
# A walk through the service: every request with its answer. It ends with an error at the
# first answer that has another status than it should. It needs sh, sed and curl, and what
# a demonstration prints: BASE, SUPER_EMAIL and SUPER_PASSWORD.
set -eu
: "${BASE:?}" "${SUPER_EMAIL:?}" "${SUPER_PASSWORD:?}"
api=$BASE/api/v1
run=$$-$(date +%s) # names that are new each time
pass="walk $run through"

# ask STATUS METHOD PATH TOKEN [curl options]; leaves the body in $answer.
ask() {
	want=$1 method=$2 path=$3 token=$4
	shift 4
	[ -z "$token" ] || set -- -H "Authorization: Bearer $token" "$@"
	answer=$(curl -sS -X "$method" -w '\n%{http_code}' "$@" "$api$path")
	status=${answer##*
}
	answer=${answer%
*}
	case $path$status in /auth/access-token200) shown='(tokens)' ;; *) shown=$answer ;; esac
	printf '%s %s\n\t%s %s\n' "$method" "$path" "$status" "$shown"
	[ "$status" = "$want" ] || { echo "want $want: $answer" >&2; exit 1; }
}
# json STATUS METHOD PATH TOKEN BODY
json() { ask "$1" "$2" "$3" "$4" -H 'Content-Type: application/json' -d "$5"; }
# get NAME prints the first value of that name in $answer.
get() { printf %s "$answer" | sed -n "s/.*[{,]\"$1\":\"\\([^\"]*\\)\".*/\\1/p"; }
# own prints the id of the user or account itself, which stands at the end of the object.
own() { printf %s "$answer" | sed -n 's/.*"id":"\([^"]*\)",\("user_role":null,\)*"created_at".*/\1/p'; }
# login EMAIL PASSWORD leaves the tokens in $access and $refresh.
login() {
	ask 200 POST /auth/access-token '' --data-urlencode "username=$1" --data-urlencode "password=$2"
	access=$(get access_token) refresh=$(get refresh_token)
}
# role NAME prints the id of a role.
role() { printf %s "$roles" | sed 's/},{/}\n{/g' | sed -n "s/.*\"name\":\"$1\".*\"id\":\"\\([^\"]*\\)\".*/\\1/p"; }

echo '# The super admin logs in, and makes an account with an admin and a member.'
login "$SUPER_EMAIL" "$SUPER_PASSWORD"
super=$access
ask 200 GET /roles ''
roles=$answer
json 200 POST /accounts "$super" "{\"name\":\"Account $run\"}"
account=$(own)
json 200 POST /accounts "$super" "{\"name\":\"Elsewhere $run\"}"
elsewhere=$(own)
json 409 POST /accounts "$super" "{\"name\":\"Account $run\"}"
json 200 POST /users "$super" "{\"email\":\"boss-$run@example.com\",\"password\":\"$pass\",\"account_id\":\"$account\"}"
boss_id=$(own)
json 200 POST /user-roles "$super" "{\"user_id\":\"$boss_id\",\"role_id\":\"$(role ACCOUNT_ADMIN)\"}"
json 200 POST /users "$super" "{\"email\":\"mia-$run@example.com\",\"password\":\"$pass\"}"
mia_id=$(own)
json 200 POST "/accounts/$account/users" "$super" "{\"user_id\":\"$mia_id\"}"

echo '# The admin sees the account and its two users, and no other.'
login "boss-$run@example.com" "$pass"
boss=$access
ask 200 GET /accounts "$boss"
ask 200 GET /users "$boss"
ask 404 GET "/accounts/$elsewhere/users" "$boss"
json 404 PUT "/accounts/$elsewhere" "$boss" '{"name":"Mine"}'

echo '# The admin gives roles below their own, not to themselves, and none above.'
json 200 POST /user-roles "$boss" "{\"user_id\":\"$mia_id\",\"role_id\":\"$(role ACCOUNT_MANAGER)\"}"
json 403 PUT "/user-roles/$mia_id" "$boss" "{\"role_id\":\"$(role ADMIN)\"}"
json 403 PUT "/user-roles/$boss_id" "$boss" "{\"role_id\":\"$(role SUPER_ADMIN)\"}"

echo '# A manager sees the users. A token from before is worth what the role is now.'
login "mia-$run@example.com" "$pass"
mia=$access
ask 200 GET /users "$mia"
json 200 PUT "/user-roles/$mia_id" "$super" "{\"role_id\":\"$(role GUEST)\"}"
ask 200 GET /users "$mia"
ask 404 GET "/users/$boss_id" "$mia"
json 200 PUT /users/me "$mia" '{"full_name":"Mia"}'

echo '# A login goes on with its refresh token, once. Who is locked out is out at once.'
ask 200 POST /auth/access-token '' -d grant_type=refresh_token --data-urlencode "refresh_token=$refresh"
ask 400 POST /auth/access-token '' -d grant_type=refresh_token --data-urlencode "refresh_token=$refresh"
json 200 PUT "/users/$mia_id" "$boss" '{"is_active":false}'
ask 401 GET /users/me "$mia"
ask 401 GET /users/me ''
echo '# All as it should be.'
