"""Sends what the lines of the input say through clients that others wrote, and says what each of them made of the answer.

A line is {"client", "url", "text"}, and "origins" in the first one: where the stand-in of a real service is. Apprise knows
the hosts of the services by heart; the requests that it makes are sent to the stand-ins below its own code, in the transport.
The answer is a line {"sent", "statuses"}: what the client says, and the statuses that it was answered with.
"""

import asyncio
import json
import logging
import sys

import apprise
import pymsteams
import requests
from requests.adapters import HTTPAdapter

logging.disable(logging.CRITICAL)
origins = {}
statuses = []
send = HTTPAdapter.send


def to_stand_in(adapter, request, **options):
    for real, stand_in in origins.items():
        if request.url.startswith((f"{real}/", f"{real}:443/")):
            request.url = stand_in + request.url[len(real) :].removeprefix(":443")
    assert request.url.startswith(("http://127.0.0.1:", "http://localhost:")), "nothing leaves this computer"
    answer = send(adapter, request, **options)
    statuses.append(answer.status_code)
    return answer


HTTPAdapter.send = to_stand_in


def through_apprise(url, text):
    """Whether Apprise calls the message sent; None when it does not take the URL."""
    client = apprise.Apprise()
    return bool(client.notify(body=text)) if client.add(url) else None


def through_pymsteams(url, text):
    return posted(pymsteams.connectorcard(url), text, lambda card: card.send())


def through_pymsteams_async(url, text):
    card = pymsteams.async_connectorcard(url)
    sent = posted(card, text, lambda card: asyncio.run(card.send()))
    if card.last_http_response is not None:
        statuses.append(card.last_http_response.status_code)
    return sent


def posted(card, text, how):
    card.text(text)
    try:
        return bool(how(card))
    except pymsteams.TeamsWebhookException:
        return False


def as_frappe(url, text):
    """The call that newer Frappe makes for Raven, and the look that it has at the answer."""
    return requests.post(url, json={"content": text}, timeout=10).ok


CLIENTS = {
    "apprise": through_apprise,
    "pymsteams": through_pymsteams,
    "pymsteams async": through_pymsteams_async,
    "requests": as_frappe,
}

for line in sys.stdin:
    job = json.loads(line)
    origins.update(job.get("origins", {}))
    statuses.clear()
    try:
        sent = CLIENTS[job["client"]](job["url"], job["text"])
    except Exception as error:  # Connections that end are told in as many ways as there are clients.
        sent = type(error).__name__
    print(json.dumps({"sent": sent, "statuses": statuses}), flush=True)
