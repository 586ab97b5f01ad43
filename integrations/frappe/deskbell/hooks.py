"""What the desk is told: one small script for the forms and lists of four doctypes, and nothing for any other page."""

app_name = "deskbell"
app_title = "Deskbell"
app_publisher = "The Deskbell authors"
app_description = "Checks, previews and explains chat notifications inside their form"
app_license = "mit"
required_apps = []

# Dodock, newer Frappe and older Frappe call the webhook's doctype differently; a name that a site does not have is never asked for.
_webhooks = ("Incoming Webhook URL", "Notification Webhook URL", "Slack Webhook URL")
_script = "public/forms/deskbell.js"

doctype_js = {doctype: _script for doctype in ("Notification", *_webhooks)}
# "New" in a list opens a dialog, where the scripts of the form do not run.
doctype_list_js = {doctype: _script for doctype in _webhooks}
