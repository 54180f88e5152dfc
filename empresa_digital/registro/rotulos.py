"""The words and colours by which people know states, faculties and entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from ciudadania import Persona
from empresa_digital.registro.ficha import PREFIJO_IDENTIFICADOR
from empresa_digital.registro.habilitaciones import NOMBRES as NOMBRES_DE_HABILITACION
from empresa_digital.registro.identificadores import ESQUEMAS
from empresa_digital.registro.modelos import Asiento
from empresa_digital.registro.tipos import (
    EstadoHabilitacion,
    EstadoUnidad,
    Facultad,
    Habilitacion,
    Operacion,
)
from empresa_digital.registro.unidades import NOMBRES_DE_TIPO
from nucleo.textos import gettext as _

TIPOS = NOMBRES_DE_TIPO
HABILITACIONES = NOMBRES_DE_HABILITACION

ESTADOS: dict[EstadoUnidad, tuple[str, str]] = {
    EstadoUnidad.BORRADOR: ("Borrador", "neutro"),
    EstadoUnidad.PRESENTADA: ("En revisión", "info"),
    EstadoUnidad.OBSERVADA: ("Con observaciones", "aviso"),
    EstadoUnidad.SUBSANADA: ("En revisión, corregida", "info"),
    EstadoUnidad.INSCRITA: ("Inscrita", "bien"),
    EstadoUnidad.SUSPENDIDA: ("Suspendida", "mal"),
    EstadoUnidad.CANCELADA: ("Cancelada", "neutro"),
}
SIGUIENTE: dict[EstadoUnidad, str] = {
    EstadoUnidad.BORRADOR: "Complete los datos y presente la solicitud.",
    EstadoUnidad.PRESENTADA: "El registro está revisando la solicitud. Le avisaremos en su buzón.",
    EstadoUnidad.OBSERVADA: "Corrija lo observado y vuelva a presentar.",
    EstadoUnidad.SUBSANADA: "El registro está revisando lo que corrigió. Le avisaremos en su buzón.",
    EstadoUnidad.INSCRITA: "Puede actuar. Mantenga sus datos al día.",
    EstadoUnidad.SUSPENDIDA: "Nadie puede actuar por esta unidad hasta que el registro la rehabilite.",
    EstadoUnidad.CANCELADA: "Esta unidad ya no actúa.",
}
ESTADOS_DE_HABILITACION: dict[EstadoHabilitacion, tuple[str, str]] = {
    EstadoHabilitacion.SOLICITADA: ("Solicitada", "info"),
    EstadoHabilitacion.OTORGADA: ("Otorgada", "bien"),
    EstadoHabilitacion.RECHAZADA: ("Rechazada", "mal"),
    EstadoHabilitacion.SUSPENDIDA: ("Suspendida", "aviso"),
}
FACULTADES: dict[Facultad, tuple[str, str]] = {
    Facultad.ADMINISTRAR: ("Administrar", "Todo lo de abajo, y dar o quitar mandatos."),
    Facultad.VENDER: ("Vender", "Publicar productos y atender pedidos."),
    Facultad.DESPACHAR: ("Despachar", "Mover y entregar envíos."),
    Facultad.OFERTAR: ("Ofertar", "Presentar ofertas en la feria inversa."),
    Facultad.COMPRAR: ("Comprar", "Comprar y publicar convocatorias."),
    Facultad.EVALUAR: ("Evaluar", "Abrir, comparar y adjudicar ofertas."),
    Facultad.PAGAR: ("Pagar", "Mover el dinero de la unidad."),
    Facultad.TRAMITAR: ("Tramitar", "Preparar trámites y datos, sin presentarlos."),
    Facultad.REGULAR: ("Regular", "Inscribir y suspender unidades."),
}
CAMPOS: dict[str, str] = {
    "tipo": "tipo de unidad",
    "denominacion": "denominación",
    "nombre_comercial": "nombre comercial",
    "forma_legal": "forma legal",
    "municipio_ine": "municipio",
    "actividad_ciiu": "actividad principal",
    "actividades": "otras actividades",
    "direccion": "domicilio",
    "latitud": "ubicación",
    "longitud": "ubicación",
    "telefono": "teléfono",
    "correo": "correo",
    "sitio_web": "sitio web",
    "descripcion": "descripción",
}
_OPERACIONES: dict[Operacion, str] = {
    Operacion.CREAR: "Se abrió el borrador",
    Operacion.EDITAR: "Cambiaron los datos",
    Operacion.PRESENTAR: "Se presentó la solicitud",
    Operacion.OBSERVAR: "El registro hizo observaciones",
    Operacion.INSCRIBIR: "Quedó inscrita",
    Operacion.SUSPENDER: "Se suspendió",
    Operacion.REHABILITAR: "Se rehabilitó",
    Operacion.CANCELAR: "Se canceló",
    Operacion.RESTAURAR: "Se retomó el borrador",
    Operacion.OTORGAR_MANDATO: "Se otorgó un mandato",
    Operacion.REVOCAR_MANDATO: "Se revocó un mandato",
    Operacion.SOLICITAR_HABILITACION: "Se solicitó una habilitación",
    Operacion.OTORGAR_HABILITACION: "Se otorgó una habilitación",
    Operacion.RECHAZAR_HABILITACION: "Se rechazó una habilitación",
    Operacion.SUSPENDER_HABILITACION: "Se suspendió una habilitación",
}


@dataclass(frozen=True, slots=True)
class Renglon:
    """One entry in words."""

    asiento: Asiento
    titulo: str
    detalle: str
    quien: str


def facultades_en_palabras(facultades: Sequence[str]) -> str:
    return ", ".join(_(FACULTADES[Facultad(f)][0]).lower() for f in facultades)


def historia(sesion: Session, asientos: Sequence[Asiento]) -> list[Renglon]:
    """The entries as people read them: what happened, the facts that matter, and who did it."""
    personas = {a.actor_id for a in asientos if a.actor_tipo == "persona"}
    personas |= {UUID(p) for a in asientos if (p := a.datos.get("apoderado_persona"))}
    filas = sesion.exec(select(Persona).where(col(Persona.id).in_(personas)))
    nombres = {p.id: p.nombre_completo for p in filas}
    return [
        Renglon(
            asiento=a,
            titulo=_(_OPERACIONES[a.operacion]),
            detalle=_detalle(a, nombres),
            quien=nombres.get(a.actor_id, "") if a.actor_id else (a.actor_nombre or ""),
        )
        for a in asientos
    ]


def _detalle(asiento: Asiento, nombres: Mapping[UUID, str]) -> str:
    datos = asiento.datos
    if asiento.operacion == Operacion.EDITAR:
        return _en_lista(list(dict.fromkeys(nombre_de_campo(campo) for campo in datos)))
    if asiento.operacion == Operacion.OTORGAR_MANDATO:
        persona = datos["apoderado_persona"]
        quien = nombres.get(UUID(persona), _("una persona")) if persona else _("otra unidad económica")
        return f"{quien}: {facultades_en_palabras(datos['facultades'])}"
    if "habilitacion" in datos:
        nombre = _(HABILITACIONES[Habilitacion(datos["habilitacion"])])
        sigue = datos.get("norma") or datos.get("motivo")
        return f"{nombre} · {sigue}" if sigue else nombre
    return str(datos.get("motivo") or "")


def nombre_de_campo(campo: str) -> str:
    if campo.startswith(PREFIJO_IDENTIFICADOR):
        esquema = ESQUEMAS.get(campo.removeprefix(PREFIJO_IDENTIFICADOR))
        return esquema.nombre if esquema else campo
    return _(CAMPOS.get(campo, campo))


def _en_lista(palabras: list[str]) -> str:
    return palabras[0].capitalize() + "".join(f", {p}" for p in palabras[1:]) if palabras else ""
