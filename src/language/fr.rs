//! French.

/// Key and sentence, sorted by key.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    // condition/
    // delivery/
    ("delivery/aborted", "Vous avez arrêté le test ; il est peut-être déjà arrivé sur {service}."),
    ("delivery/bad-request", "{service} a refusé le message (code {status}). Sa réponse est ci-dessous."),
    (
        "delivery/channel-archived",
        "{service} a refusé : le canal de ce webhook est archivé. Rouvrez-le ou créez un webhook pour un autre canal.",
    ),
    (
        "delivery/channel-not-allowed",
        "{service} a refusé : ce webhook n'a pas le droit de publier dans son canal. Demandez-le à un administrateur ou choisissez un autre canal.",
    ),
    (
        "delivery/channel-not-found",
        "{service} a refusé : le canal de ce webhook est introuvable. Créez un webhook pour un canal qui existe.",
    ),
    ("delivery/delivered", "{service} a publié le message."),
    ("delivery/document-link", "Lien vers le document"),
    ("delivery/empty", "{service} a refusé : le message est vide."),
    (
        "delivery/gateway",
        "Le serveur de {service} ne répond pas derrière son point d'entrée (code {status}). Réessayez plus tard ou prévenez son administrateur.",
    ),
    ("delivery/go-to-document", "Voir le document"),
    (
        "delivery/google-key",
        "Google Chat a refusé le paramètre « key » de l'URL. Recopiez l'URL entière depuis les paramètres de l'espace.",
    ),
    (
        "delivery/google-token",
        "Google Chat a refusé le paramètre « token » de l'URL : il manque, il est coupé ou il n'est plus valable. Recopiez l'URL entière depuis les paramètres de l'espace.",
    ),
    (
        "delivery/handed-over",
        "Le navigateur a envoyé le test, mais {service} ne laisse pas cette page lire sa réponse : regardez dans le canal s'il est arrivé.",
    ),
    (
        "delivery/mattermost-user",
        "Mattermost a refusé : la personne qui a créé ce webhook, ou le destinataire, est introuvable. Créez un nouveau webhook.",
    ),
    (
        "delivery/no-answer-readable",
        "Le navigateur n'a pas pu lire la réponse de {service}. Le test est peut-être arrivé : regardez dans le canal avant d'en envoyer un autre.",
    ),
    ("delivery/not-a-webhook", "Cette adresse n'accepte pas de webhooks (code {status}). Recopiez l'URL du webhook."),
    (
        "delivery/not-allowed",
        "{service} n'autorise pas cet envoi (code {status}). Le webhook a peut-être été supprimé ou restreint : recopiez son URL ou créez-en un autre.",
    ),
    (
        "delivery/not-found",
        "Il n'y a pas de webhook à cette adresse (code {status}). Recopiez l'URL du webhook ou créez-en un autre.",
    ),
    ("delivery/not-sent", "L’essai a été arrêté avant de partir ; rien n’a été envoyé."),
    ("delivery/payload-refused", "{service} n'a pas pu lire le message envoyé. Sa réponse est ci-dessous."),
    (
        "delivery/preflight-failed",
        "Rien n'a été envoyé : le navigateur a demandé la permission à {service} sans l'obtenir, ou n'a pas pu le joindre. Enregistrez, puis testez depuis le serveur.",
    ),
    (
        "delivery/redirected",
        "L'adresse mène à une autre page (code {status}) au lieu d'un webhook. Recopiez l'URL du webhook.",
    ),
    (
        "delivery/rocket-chat-link",
        "Rocket.Chat a refusé le lien vers le document : il attend une adresse complète avec https://. Vérifiez l'adresse du site.",
    ),
    (
        "delivery/rocket-chat-override",
        "Rocket.Chat a refusé : cette intégration ne peut pas choisir son canal. Indiquez le canal dans les paramètres de l'intégration.",
    ),
    (
        "delivery/rocket-chat-permission",
        "Rocket.Chat a refusé : l'utilisateur de l'intégration ne peut pas publier dans son canal. Ajoutez-le au canal ou choisissez-en un autre.",
    ),
    (
        "delivery/rocket-chat-script",
        "Rocket.Chat a refusé : le script de l'intégration a échoué. Désactivez le script ou corrigez-le.",
    ),
    ("delivery/see-document", "Voir le document à l'adresse {0}"),
    ("delivery/server-error", "Le serveur de {service} a un problème (code {status}). Réessayez plus tard."),
    (
        "delivery/slack-general-denied",
        "Slack a refusé : ce webhook ne peut pas publier dans le canal général. Choisissez un autre canal ou changez les paramètres de l'espace de travail.",
    ),
    (
        "delivery/slack-no-team",
        "Slack a refusé : l'espace de travail de cette URL n'existe pas. Recopiez l'URL du webhook.",
    ),
    (
        "delivery/slack-prohibited",
        "Slack a refusé : un administrateur a restreint ce webhook ou son canal. Demandez à un administrateur ou choisissez un autre canal.",
    ),
    ("delivery/slack-team-disabled", "Slack a refusé : l'espace de travail de cette URL n'est plus actif."),
    (
        "delivery/slack-user-not-found",
        "Slack a refusé : la personne destinataire n'existe pas. Créez un webhook pour un canal.",
    ),
    (
        "delivery/strange-success",
        "L'adresse a répondu (code {status}), mais pas comme le fait {service} : regardez dans le canal si le test est arrivé.",
    ),
    ("delivery/test-mark", "🔔 Test de notification"),
    ("delivery/the-chat", "la messagerie"),
    (
        "delivery/timeout",
        "{service} n'a pas répondu à temps. Le test peut encore arriver : regardez dans le canal avant d'en envoyer un autre.",
    ),
    ("delivery/too-large", "{service} a refusé : le message est trop long. Raccourcissez-le."),
    ("delivery/too-many", "{service} a reçu trop de messages. Attendez une minute avant le suivant."),
    ("delivery/too-many-wait", "{service} a reçu trop de messages. Attendez {seconds} secondes avant le suivant."),
    (
        "delivery/unreachable",
        "Rien n'est arrivé sur {service} : l'adresse est fausse, le serveur est arrêté, ou le navigateur ou une extension a bloqué l'envoi.",
    ),
    ("delivery/webhook-disabled", "{service} a refusé : ce webhook est désactivé. Réactivez-le ou créez-en un autre."),
    (
        "delivery/webhook-unknown",
        "{service} ne connaît pas ce webhook : il a été supprimé ou l'URL n'est pas complète. Recopiez son URL ou créez-en un autre.",
    ),
    (
        "delivery/webhooks-off",
        "Mattermost a refusé : les webhooks entrants sont désactivés sur ce serveur. Demandez à un administrateur de les activer.",
    ),
    // document/
    // limit/
    ("limit/bytes", "les valeurs deviennent trop grandes"),
    ("limit/depth", "l’imbrication est trop profonde"),
    ("limit/steps", "il faut trop d’étapes"),
    // markup/
    // message/
    // server/
    ("server/class-of-document", "la classe de ce document, définie par son application"),
    ("server/database", "une recherche dans la base de données"),
    ("server/name-of-new-document", "le nom que le serveur donne à un nouveau document"),
    // setup/
    (
        "setup/google-chat-1",
        "Dans Google Chat, ouvrez l'espace qui recevra les messages (un espace, pas un message privé).",
    ),
    (
        "setup/google-chat-2",
        "Cliquez sur le nom de l'espace, puis « Applications et intégrations », puis « Webhooks ».",
    ),
    ("setup/google-chat-3", "Donnez un nom au webhook, par exemple celui de votre site, puis enregistrez."),
    ("setup/google-chat-4", "Copiez l'URL entière, avec « key » et « token », et collez-la ici."),
    (
        "setup/mattermost-1",
        "Dans Mattermost, ouvrez le menu du produit, puis « Intégrations ». Si l'entrée manque, demandez à un administrateur d'autoriser les webhooks.",
    ),
    ("setup/mattermost-2", "Choisissez « Webhooks entrants », puis « Ajouter un webhook entrant »."),
    ("setup/mattermost-3", "Donnez un titre, choisissez le canal qui recevra les messages, puis enregistrez."),
    ("setup/mattermost-4", "Copiez l'URL qui se termine par /hooks/ et 26 caractères, et collez-la ici."),
    (
        "setup/rocket-chat-1",
        "Dans Rocket.Chat, ouvrez l'administration, puis « Intégrations », puis « Nouveau », puis « Entrant ».",
    ),
    (
        "setup/rocket-chat-2",
        "Activez l'intégration, nommez-la, et choisissez le canal (#general) ou la personne (@nom) qui recevra les messages.",
    ),
    ("setup/rocket-chat-3", "Choisissez l'utilisateur qui publie : il doit être membre du canal. Enregistrez."),
    (
        "setup/rocket-chat-4",
        "Rouvrez l'intégration, copiez toute l'« URL du webhook », avec son jeton, et collez-la ici.",
    ),
    ("setup/slack-1", "Sur api.slack.com/apps, créez une application pour votre espace de travail, ou ouvrez-en une."),
    ("setup/slack-2", "Ouvrez « Incoming Webhooks » et activez-les."),
    ("setup/slack-3", "Cliquez sur « Add New Webhook to Workspace » et choisissez le canal qui recevra les messages."),
    ("setup/slack-4", "Copiez l'URL qui commence par https://hooks.slack.com/services/ et collez-la ici."),
    // ui/
    // url/
    ("url/angle-brackets", "Un lien de messagerie a été collé : seule l'adresse entre < et > est utile."),
    (
        "url/api-page",
        "Il faut un webhook entrant de {service}, mais ceci est une adresse de son API. Créez un webhook entrant et collez son URL.",
    ),
    ("url/broken-over-lines", "L'URL était coupée sur plusieurs lignes."),
    ("url/broken-scheme", "L'URL doit commencer par https://."),
    ("url/button-remove", "Supprimer"),
    ("url/button-write", "Écrire « {text} »"),
    (
        "url/channel-name",
        "Il faut l'URL d'un webhook de {service}, mais ceci est le nom d'un canal ou d'une personne. Le webhook connaît déjà son canal.",
    ),
    (
        "url/channel-page",
        "Il faut un webhook entrant de {service}, mais ceci est une page à lire. Créez un webhook entrant pour ce canal et collez son URL.",
    ),
    ("url/curl-command", "Une commande entière a été collée : seule son adresse est utile."),
    ("url/documentation-page", "Il faut un webhook entrant de {service}, mais ceci est une page de sa documentation."),
    ("url/double-scheme", "L'URL commence deux fois par https://."),
    ("url/empty", "Il faut l'URL d'un webhook, mais le champ est vide."),
    ("url/final-punctuation", "L'URL se termine par une ponctuation de la phrase d'où elle a été copiée."),
    ("url/fragment", "La partie après # n'est jamais envoyée à la messagerie."),
    (
        "url/google-key",
        "Le paramètre « key » ne ressemble pas à une clé de Google : il faut AIza suivi de 35 caractères.",
    ),
    ("url/google-no-key", "L'URL n'a pas de « key ». Recopiez l'URL entière depuis les paramètres de l'espace."),
    (
        "url/google-no-key-and-token",
        "L'URL n'a ni « key » ni « token ». Recopiez l'URL entière depuis les paramètres de l'espace.",
    ),
    (
        "url/google-no-token",
        "L'URL n'a pas de « token » : elle a été coupée au caractère &. Recopiez l'URL entière depuis les paramètres de l'espace.",
    ),
    (
        "url/google-script",
        "Il faut un webhook entrant de Google Chat, mais ceci est un script de Google. Créez un webhook dans les paramètres de l'espace.",
    ),
    ("url/google-space", "Le nom de l'espace n'est pas complet."),
    ("url/google-space-length", "Le nom d'un espace a d'ordinaire 11 caractères, mais celui-ci en a {found}."),
    (
        "url/google-thread",
        "Sans « messageReplyOption », Google Chat ignore « threadKey » et ouvre un nouveau fil à chaque message.",
    ),
    ("url/host", "Les webhooks de {service} sont sur {expected}, mais cette URL est sur {host}."),
    ("url/host-spelling", "Le nom du serveur s'écrit en minuscules, sans point final."),
    ("url/html-escaped", "L'URL a été copiée depuis le code d'une page : & est devenu &amp;."),
    ("url/http-not-https", "Ce service ne répond qu'en https://."),
    ("url/incomplete", "L'URL n'est pas complète : elle doit contenir {expected}."),
    ("url/invisible-characters", "L'URL contient des caractères invisibles."),
    (
        "url/key-file",
        "Il faut l'URL d'un webhook, mais ceci est du JSON, peut-être un fichier de clé. Gardez les fichiers de clé pour vous.",
    ),
    (
        "url/letters-of-host",
        "Le nom du serveur contient des lettres inhabituelles ({host}) : vérifiez que c'est le bon.",
    ),
    (
        "url/look-alike-host",
        "{host} ressemble à {known}, mais c'est un autre serveur : les messages partiraient chez des inconnus.",
    ),
    ("url/mail-address", "Il faut l'URL d'un webhook de {service}, mais ceci est une adresse e-mail."),
    ("url/markdown-link", "Un lien a été collé avec son titre : seule l'adresse est utile."),
    (
        "url/mattermost-alphabet",
        "Mattermost n'utilise jamais 0, 2, l, v ni de majuscules dans l'identifiant d'un webhook : il a peut-être été tapé à la main. Recopiez-le.",
    ),
    (
        "url/mattermost-command",
        "Il faut un webhook entrant, mais ceci est l'adresse de réponse d'une commande slash. Créez un webhook entrant et collez son URL.",
    ),
    (
        "url/mattermost-id",
        "Mattermost ne crée pas d'identifiants comme celui-ci : s'il a été tapé à la main, recopiez-le.",
    ),
    ("url/missing-scheme", "L'URL doit commencer par https://."),
    (
        "url/mixed-content",
        "Cette page est sécurisée : le navigateur ne la laisse pas envoyer à {host} sans https://. Le serveur le peut ; testez depuis le serveur.",
    ),
    ("url/no-host", "L'URL ne contient pas de serveur : il faut https:// suivi du nom d'un serveur."),
    ("url/not-a-url", "Il faut une URL qui commence par https://, mais ceci est un autre texte."),
    ("url/not-encrypted", "Sans https://, chacun sur le chemin peut lire les messages et le secret du webhook."),
    (
        "url/only-a-token",
        "Il faut l'URL entière d'un webhook, mais ceci n'est qu'un jeton ou une clé. Copiez l'URL qui commence par https://.",
    ),
    ("url/port", "Il faut un port entre 1 et 65535."),
    (
        "url/private-network",
        "{host} n'est joignable que depuis son réseau : le serveur qui envoie les messages doit en faire partie.",
    ),
    ("url/query", "Les webhooks de {service} n'ont rien après un point d'interrogation."),
    ("url/quotes", "L'URL a été collée avec des guillemets."),
    (
        "url/redirect-wrapper",
        "Un détour de messagerie ou de moteur de recherche a été collé : seule l'adresse qu'il contient est utile.",
    ),
    (
        "url/rocket-chat-id",
        "L'identifiant d'une intégration a 17 ou 24 lettres et chiffres, mais celui-ci a {found} caractères ou d'autres signes.",
    ),
    ("url/rocket-chat-no-token", "L'URL n'a pas de jeton : copiez toute l'« URL du webhook » de l'intégration."),
    ("url/scheme", "Il faut une URL qui commence par https://, mais ceci est une autre sorte d'adresse."),
    ("url/service-not-checked-yet", "Ceci est une URL de {service}, qui n'est pas encore vérifiée ici."),
    (
        "url/settings-page",
        "Il faut un webhook entrant de {service}, mais ceci est une page de ses paramètres. Ouvrez-y le webhook et copiez son URL.",
    ),
    (
        "url/slack-api",
        "Il faut un webhook entrant, mais ceci est une adresse de l'API de Slack, qui demande un jeton. Créez un webhook entrant.",
    ),
    ("url/slack-hook", "La deuxième partie du chemin devrait commencer par B, en majuscules et chiffres."),
    (
        "url/slack-settings-page",
        "Il faut un webhook entrant, mais ceci est la page de réglages d'une application Slack. Ouvrez-y « Incoming Webhooks » et copiez l'URL.",
    ),
    ("url/slack-team", "La première partie du chemin devrait commencer par T, en majuscules et chiffres."),
    (
        "url/slack-token",
        "Il faut l'URL d'un webhook entrant, mais ceci est un jeton d'application Slack. Gardez ce jeton pour vous et créez un webhook entrant.",
    ),
    (
        "url/slack-token-part",
        "Il faut l'URL entière, mais ceci n'en est que la fin : il manque https://hooks.slack.com/services/ devant.",
    ),
    (
        "url/slack-workflow",
        "Cette URL lance un workflow Slack, qui reçoit des variables et non un message. Créez plutôt un webhook entrant.",
    ),
    ("url/text-around", "Un autre texte a été collé avec l'URL."),
    (
        "url/this-computer",
        "{host} désigne l'ordinateur qui s'en sert : le serveur qui envoie les messages écrirait à lui-même.",
    ),
    (
        "url/token-characters",
        "La partie secrète d'un webhook de {service} n'a que des lettres et des chiffres, mais celle-ci a d'autres signes.",
    ),
    (
        "url/token-length",
        "La partie secrète a d'ordinaire {expected} caractères, mais celle-ci en a {found} : elle a peut-être été coupée. Recopiez-la.",
    ),
    ("url/too-long", "Une URL fait moins de {max} octets, mais ce texte est plus long."),
    ("url/too-many-parts", "Le chemin continue après le webhook : il faut {expected}."),
    ("url/unknown-service", "Rien n'indique à quelle messagerie appartient {host}. Choisissez le service."),
    (
        "url/user-info",
        "Un nom ou un mot de passe devant @ n'a pas sa place dans un webhook : les messages partiraient vers {host}.",
    ),
    (
        "url/white-space",
        "Des espaces ont été collés avec l'URL ; à cause d'eux le serveur écrirait à une autre adresse.",
    ),
    ("url/wrong-service", "Il faut un webhook de {service}, mais ceci est une URL de {found}."),
];
