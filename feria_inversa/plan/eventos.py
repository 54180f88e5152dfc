"""Names of the events of an annual plan."""

PLAN_PUBLICADO = "PlanPublicado"
PLAN_MODIFICADO = "PlanModificado"
