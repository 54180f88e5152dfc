"""Names of the events of the open data."""

ACTO_HECHO = "ActoDeProcesoHecho"
