"""The history of a unit as people read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro.asientos import Operacion
from empresa_digital.registro.asientos.modelos import Asiento
from empresa_digital.registro.habilitaciones import HABILITACIONES, Habilitacion
from empresa_digital.registro.mandatos import facultades_en_palabras
from empresa_digital.registro.unidades import nombre_de_campo
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

_OPERACIONES: dict[Operacion, str] = {
    Operacion.CREAR: _l("Se abrió el borrador"),
    Operacion.EDITAR: _l("Cambiaron los datos"),
    Operacion.RECTIFICAR: _l("El registro rectificó los datos"),
    Operacion.PRESENTAR: _l("Se presentó la solicitud"),
    Operacion.OBSERVAR: _l("El registro hizo observaciones"),
    Operacion.INSCRIBIR: _l("Quedó inscrita"),
    Operacion.SUSPENDER: _l("Se suspendió"),
    Operacion.REHABILITAR: _l("Se rehabilitó"),
    Operacion.CANCELAR: _l("Se canceló"),
    Operacion.RESTAURAR: _l("Se retomó el borrador"),
    Operacion.OTORGAR_MANDATO: _l("Se otorgó un mandato"),
    Operacion.ACEPTAR_MANDATO: _l("Se aceptó un mandato"),
    Operacion.REVOCAR_MANDATO: _l("Se revocó un mandato"),
    Operacion.SOLICITAR_HABILITACION: _l("Se solicitó una habilitación"),
    Operacion.OTORGAR_HABILITACION: _l("Se otorgó una habilitación"),
    Operacion.RECHAZAR_HABILITACION: _l("Se rechazó una habilitación"),
    Operacion.SUSPENDER_HABILITACION: _l("Se suspendió una habilitación"),
}


@dataclass(frozen=True, slots=True)
class Renglon:
    """One entry in words."""

    asiento: Asiento
    titulo: str
    detalle: str
    quien: str


def historia(sesion: Session, asientos: Sequence[Asiento]) -> list[Renglon]:
    """The entries as people read them: what happened, the facts that matter, and who did it."""
    personas = {a.actor_id for a in asientos if a.actor_tipo == "persona" and a.actor_id is not None}
    personas |= {UUID(p) for a in asientos if (p := a.datos.get("apoderado_persona"))}
    nombres = nombres_de_personas(sesion, personas)
    return [
        Renglon(
            asiento=a,
            titulo=str(_OPERACIONES[a.operacion]),
            detalle=_detalle(a, nombres),
            quien=nombres.get(a.actor_id, "") if a.actor_id else (a.actor_nombre or ""),
        )
        for a in asientos
    ]


def _detalle(asiento: Asiento, nombres: Mapping[UUID, str]) -> str:
    datos = asiento.datos
    if asiento.operacion in (Operacion.EDITAR, Operacion.RECTIFICAR):
        cambiados = _en_lista(list(dict.fromkeys(nombre_de_campo(c) for c in datos if c != "motivo")))
        return f"{cambiados} · {datos['motivo']}" if "motivo" in datos else cambiados
    if asiento.operacion == Operacion.OTORGAR_MANDATO:
        persona = datos["apoderado_persona"]
        if persona is None and datos.get("apoderado_cedula"):
            quien = _("Cédula %(cedula)s") % {"cedula": datos["apoderado_cedula"]}
        else:
            quien = nombres.get(UUID(persona), _("una persona")) if persona else _("otra unidad económica")
        return f"{quien}: {facultades_en_palabras(datos['facultades'])}"
    if "habilitacion" in datos:
        nombre = str(HABILITACIONES[Habilitacion(datos["habilitacion"])])
        sigue = datos.get("norma") or datos.get("motivo")
        return f"{nombre} · {sigue}" if sigue else nombre
    return str(datos.get("motivo") or "")


def _en_lista(palabras: list[str]) -> str:
    return palabras[0].capitalize() + "".join(f", {p}" for p in palabras[1:]) if palabras else ""
