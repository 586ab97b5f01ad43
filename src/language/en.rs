//! English.

/// Key and sentence, sorted by key.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    // condition/
    // delivery/
    ("delivery/aborted", "You stopped the test; it may have reached {service} already."),
    ("delivery/bad-request", "{service} refused the message (status {status}). Its own words are below."),
    (
        "delivery/channel-archived",
        "{service} refused: the channel of this webhook is archived. Reopen it, or create a webhook for another channel.",
    ),
    (
        "delivery/channel-not-allowed",
        "{service} refused: this webhook may not post to its channel. Ask an administrator to allow it, or choose another channel.",
    ),
    (
        "delivery/channel-not-found",
        "{service} refused: it cannot find the channel of this webhook. Create a new webhook for a channel that exists.",
    ),
    ("delivery/delivered", "{service} posted the message."),
    ("delivery/document-link", "Document link"),
    ("delivery/empty", "{service} refused: the message is empty."),
    (
        "delivery/gateway",
        "The server of {service} cannot be reached behind its front door (status {status}). Try again later, or tell its administrator.",
    ),
    ("delivery/go-to-document", "Go to the document"),
    (
        "delivery/google-key",
        "Google Chat refused the \"key\" of the URL. Copy the whole URL again from the space's settings.",
    ),
    (
        "delivery/google-token",
        "Google Chat refused the \"token\" of the URL: it is missing, cut or no longer valid. Copy the whole URL again from the space's settings.",
    ),
    (
        "delivery/handed-over",
        "The browser sent the test, but {service} does not let this page read its answer: look in the channel whether it arrived.",
    ),
    (
        "delivery/mattermost-user",
        "Mattermost refused: it cannot find the user who created this webhook, or the user to post to. Create a new webhook.",
    ),
    (
        "delivery/no-answer-readable",
        "The browser could not read an answer of {service}. The test may have arrived: look in the channel before you send another.",
    ),
    ("delivery/not-a-webhook", "This address does not take webhooks (status {status}). Copy the webhook's URL again."),
    (
        "delivery/not-allowed",
        "{service} does not allow this post (status {status}). The webhook may have been deleted or restricted: copy its URL again, or create a new one.",
    ),
    (
        "delivery/not-found",
        "There is no webhook at this address (status {status}). Copy the webhook's URL again, or create a new one.",
    ),
    ("delivery/not-sent", "The test was stopped before it left; nothing was posted."),
    ("delivery/payload-refused", "{service} could not read the message that was posted. Its own words are below."),
    (
        "delivery/preflight-failed",
        "Nothing was sent: the browser asked {service} for permission and did not get it, or could not reach it. Save, and test from the server.",
    ),
    (
        "delivery/redirected",
        "The address leads to another page (status {status}): expected a webhook. Copy the webhook's URL again.",
    ),
    (
        "delivery/rocket-chat-link",
        "Rocket.Chat refused the link to the document: it expects a complete address with https://. Check the address of the site.",
    ),
    (
        "delivery/rocket-chat-override",
        "Rocket.Chat refused: this integration may not choose its channel. Set the channel in the integration's settings.",
    ),
    (
        "delivery/rocket-chat-permission",
        "Rocket.Chat refused: the integration's user may not post to its channel. Add that user to the channel, or choose another one.",
    ),
    (
        "delivery/rocket-chat-script",
        "Rocket.Chat refused: the script of the integration failed. Switch the script off, or correct it.",
    ),
    ("delivery/see-document", "See the document at {0}"),
    ("delivery/server-error", "The server of {service} has a problem of its own (status {status}). Try again later."),
    (
        "delivery/slack-general-denied",
        "Slack refused: this webhook may not post to the general channel. Choose another channel, or change the workspace's settings.",
    ),
    (
        "delivery/slack-no-team",
        "Slack refused: the workspace of this URL does not exist. Copy the webhook's URL again.",
    ),
    (
        "delivery/slack-prohibited",
        "Slack refused: an administrator restricted this webhook or its channel. Ask an administrator, or choose another channel.",
    ),
    ("delivery/slack-team-disabled", "Slack refused: the workspace of this URL is no longer active."),
    (
        "delivery/slack-user-not-found",
        "Slack refused: the person to post to does not exist. Create a new webhook for a channel.",
    ),
    (
        "delivery/strange-success",
        "The address answered (status {status}), but not as {service} does: look in the channel whether the test arrived.",
    ),
    ("delivery/test-mark", "🔔 Notification test"),
    ("delivery/the-chat", "the chat"),
    (
        "delivery/timeout",
        "{service} did not answer in time. The test may still arrive: look in the channel before you send another.",
    ),
    ("delivery/too-large", "{service} refused: the message is too long. Shorten it."),
    ("delivery/too-many", "{service} received too many messages. Wait a minute before the next one."),
    ("delivery/too-many-wait", "{service} received too many messages. Wait {seconds} seconds before the next one."),
    (
        "delivery/unreachable",
        "Nothing reached {service}: the address is wrong, the server is down, or the browser or an extension blocked the request.",
    ),
    (
        "delivery/webhook-disabled",
        "{service} refused: this webhook is switched off. Switch it on again, or create a new one.",
    ),
    (
        "delivery/webhook-unknown",
        "{service} does not know this webhook: it was deleted, or the URL is not complete. Copy its URL again, or create a new one.",
    ),
    (
        "delivery/webhooks-off",
        "Mattermost refused: incoming webhooks are switched off on this server. Ask an administrator to switch them on.",
    ),
    // document/
    // limit/
    ("limit/bytes", "the values grow too large"),
    ("limit/depth", "it is nested too deeply"),
    ("limit/steps", "it takes too many steps"),
    // markup/
    // message/
    // server/
    ("server/class-of-document", "the class of this document, which its app defines"),
    ("server/database", "a look-up in the database"),
    ("server/name-of-new-document", "the name that the server gives to a new document"),
    // setup/
    (
        "setup/google-chat-1",
        "In Google Chat, open the space that will receive the messages (a space, not a direct message).",
    ),
    ("setup/google-chat-2", "Click the name of the space, then \"Apps & integrations\", then \"Webhooks\"."),
    ("setup/google-chat-3", "Give the webhook a name, such as the name of your site, and save."),
    ("setup/google-chat-4", "Copy the whole URL, with its \"key\" and its \"token\", and paste it here."),
    (
        "setup/mattermost-1",
        "In Mattermost, open the menu of the product, then \"Integrations\". If it is missing, ask an administrator to allow webhooks.",
    ),
    ("setup/mattermost-2", "Choose \"Incoming Webhooks\", then \"Add Incoming Webhook\"."),
    ("setup/mattermost-3", "Give it a title, choose the channel that will receive the messages, and save."),
    ("setup/mattermost-4", "Copy the URL that ends with /hooks/ and 26 characters, and paste it here."),
    (
        "setup/rocket-chat-1",
        "In Rocket.Chat, open the administration, then \"Integrations\", then \"New\", then \"Incoming\".",
    ),
    (
        "setup/rocket-chat-2",
        "Enable it, give it a name, and choose the channel (#general) or the person (@name) that will receive the messages.",
    ),
    ("setup/rocket-chat-3", "Choose the user to post as: that user has to be a member of the channel. Save."),
    (
        "setup/rocket-chat-4",
        "Open the integration again, copy the whole \"Webhook URL\", with its token, and paste it here.",
    ),
    ("setup/slack-1", "On api.slack.com/apps, create an app for your workspace, or open one that you have."),
    ("setup/slack-2", "Open \"Incoming Webhooks\" and switch it on."),
    ("setup/slack-3", "Click \"Add New Webhook to Workspace\" and choose the channel that will receive the messages."),
    ("setup/slack-4", "Copy the URL that starts with https://hooks.slack.com/services/ and paste it here."),
    // ui/
    // url/
    ("url/angle-brackets", "A chat's link was pasted: only the address between < and > is needed."),
    (
        "url/api-page",
        "Expected an incoming webhook of {service}, but found an address of its API. Create an incoming webhook and paste its URL.",
    ),
    ("url/broken-over-lines", "The URL was broken over several lines."),
    ("url/broken-scheme", "The URL has to start with https://."),
    ("url/button-remove", "Remove it"),
    ("url/button-write", "Write \"{text}\""),
    (
        "url/channel-name",
        "Expected a webhook's URL of {service}, but found the name of a channel or a person. The webhook itself knows its channel.",
    ),
    (
        "url/channel-page",
        "Expected an incoming webhook of {service}, but found a page that people read. Create an incoming webhook for this channel and paste its URL.",
    ),
    ("url/curl-command", "A whole command was pasted: only the address in it is needed."),
    ("url/documentation-page", "Expected an incoming webhook of {service}, but found a page of its documentation."),
    ("url/double-scheme", "The URL starts twice with https://."),
    ("url/empty", "Expected the URL of a webhook, but the field is empty."),
    ("url/final-punctuation", "The URL ends with a sign of the sentence that it was copied from."),
    ("url/fragment", "The part after # never reaches the chat."),
    ("url/google-key", "The \"key\" does not look like one of Google: expected AIza and 35 characters."),
    ("url/google-no-key", "The URL has no \"key\". Copy the whole URL again from the space's settings."),
    (
        "url/google-no-key-and-token",
        "The URL has neither a \"key\" nor a \"token\". Copy the whole URL again from the space's settings.",
    ),
    (
        "url/google-no-token",
        "The URL has no \"token\": it was cut at its &. Copy the whole URL again from the space's settings.",
    ),
    (
        "url/google-script",
        "Expected an incoming webhook of Google Chat, but found a script of Google. Create a webhook in the space's settings.",
    ),
    ("url/google-space", "The name of the space is not complete."),
    ("url/google-space-length", "The name of a space usually has 11 characters, but this one has {found}."),
    (
        "url/google-thread",
        "Without \"messageReplyOption\", Google Chat ignores \"threadKey\" and starts a new thread for each message.",
    ),
    ("url/host", "Webhooks of {service} are on {expected}, but this URL is on {host}."),
    ("url/host-spelling", "The name of the server is written in small letters, without a final dot."),
    ("url/html-escaped", "The URL was copied from the source of a page: & became &amp;."),
    ("url/http-not-https", "This service answers https:// only."),
    ("url/incomplete", "The URL is not complete: expected {expected} in it."),
    ("url/invisible-characters", "The URL has invisible characters in it."),
    ("url/key-file", "Expected the URL of a webhook, but found JSON, perhaps a key file. Keep key files to yourself."),
    (
        "url/letters-of-host",
        "The name of the server has unusual letters in it ({host}): check that it is the right one.",
    ),
    ("url/look-alike-host", "{host} looks like {known}, but is another server: messages would go to strangers."),
    ("url/mail-address", "Expected the URL of a webhook of {service}, but found an e-mail address."),
    ("url/markdown-link", "A link was pasted with its title: only the address is needed."),
    (
        "url/mattermost-alphabet",
        "Mattermost never uses 0, 2, l, v or capital letters in the id of a webhook: it may have been typed by hand. Copy it again.",
    ),
    (
        "url/mattermost-command",
        "Expected an incoming webhook, but found the address that answers a slash command. Create an incoming webhook and paste its URL.",
    ),
    ("url/mattermost-id", "Mattermost does not make ids like this one: if it was typed by hand, copy it again."),
    ("url/missing-scheme", "The URL has to start with https://."),
    (
        "url/mixed-content",
        "This page is secure, so the browser does not let it post to {host} without https://. The server can; test from there.",
    ),
    ("url/no-host", "The URL has no server in it: expected https:// and the name of a server."),
    ("url/not-a-url", "Expected a URL that starts with https://, but found other text."),
    ("url/not-encrypted", "Without https://, everybody on the way can read the messages and the webhook's secret."),
    (
        "url/only-a-token",
        "Expected the whole URL of a webhook, but found only a token or a key. Copy the URL that starts with https://.",
    ),
    ("url/port", "Expected a port between 1 and 65535."),
    (
        "url/private-network",
        "{host} can be reached from its own network only: the server that sends the messages has to be in it.",
    ),
    ("url/query", "Webhooks of {service} have nothing after a question mark."),
    ("url/quotes", "The URL was pasted with quotation marks."),
    (
        "url/redirect-wrapper",
        "A mail program's or a search engine's detour was pasted: only the address in it is needed.",
    ),
    (
        "url/rocket-chat-id",
        "The id of an integration has 17 or 24 letters and digits, but this one has {found} characters or other signs.",
    ),
    ("url/rocket-chat-no-token", "The URL has no token: copy the whole \"Webhook URL\" of the integration."),
    ("url/scheme", "Expected a URL that starts with https://, but found another kind of address."),
    ("url/service-not-checked-yet", "This is a URL of {service}, which is not checked here yet."),
    (
        "url/settings-page",
        "Expected an incoming webhook of {service}, but found a page of its settings. Open the webhook there and copy its URL.",
    ),
    (
        "url/slack-api",
        "Expected an incoming webhook, but found an address of Slack's API, which needs a token. Create an incoming webhook.",
    ),
    ("url/slack-hook", "The second part of the path should start with B, in capital letters and digits."),
    (
        "url/slack-settings-page",
        "Expected an incoming webhook, but found the settings of a Slack app. Open \"Incoming Webhooks\" there and copy the URL.",
    ),
    ("url/slack-team", "The first part of the path should start with T, in capital letters and digits."),
    (
        "url/slack-token",
        "Expected the URL of an incoming webhook, but found a token of a Slack app. Keep the token to yourself, and create an incoming webhook.",
    ),
    (
        "url/slack-token-part",
        "Expected the whole URL, but found only its end: https://hooks.slack.com/services/ is missing in front.",
    ),
    (
        "url/slack-workflow",
        "This URL starts a workflow of Slack, which takes variables and not a message. Create an incoming webhook instead.",
    ),
    ("url/text-around", "Other text was pasted with the URL."),
    (
        "url/this-computer",
        "{host} is whichever computer uses it: the server that sends the messages would post to itself.",
    ),
    (
        "url/token-characters",
        "The secret part of a webhook of {service} has letters and digits only, but this one has other signs.",
    ),
    (
        "url/token-length",
        "The secret part usually has {expected} characters, but this one has {found}: it may have been cut. Copy it again.",
    ),
    ("url/too-long", "A URL is shorter than {max} bytes, but this text is not."),
    ("url/too-many-parts", "The path goes on after the webhook: expected {expected}."),
    ("url/unknown-service", "It does not show which chat {host} belongs to. Choose the service."),
    ("url/user-info", "A name or password in front of @ does not belong in a webhook: messages would go to {host}."),
    ("url/white-space", "White space was pasted with the URL; the server would post to another address because of it."),
    ("url/wrong-service", "Expected a webhook of {service}, but this is a URL of {found}."),
];
