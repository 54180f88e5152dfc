"""From rows of qualities to what the API shows."""

from empresa_digital.registro.habilitaciones.esquemas import HabilitacionPublica
from empresa_digital.registro.habilitaciones.modelos import HabilitacionUnidad


def habilitacion_publica(fila: HabilitacionUnidad, *, interno: bool) -> HabilitacionPublica:
    return HabilitacionPublica(
        habilitacion=fila.habilitacion,
        estado=fila.estado,
        norma=fila.norma,
        vigente_desde=fila.vigente_desde,
        vigente_hasta=fila.vigente_hasta,
        motivo=fila.motivo if interno else None,
    )
