"""Events published here; `objeto_id` is the review, `datos` carry its order."""

OPINION_PUBLICADA = "OpinionPublicada"
OPINION_RESPONDIDA = "OpinionRespondida"
OPINION_MODERADA = "OpinionModerada"
