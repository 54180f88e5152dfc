"""What the pages show: words for dates and states, the timeline of a call, the next step of a visitor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from babel.numbers import format_decimal
from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Habilitacion,
    Unidad,
    lugares,
    tiene_habilitacion,
    unidades_de,
    unidades_en_lote,
    unidades_representadas,
)
from feria_inversa.consultas import puede_gestionar
from feria_inversa.estados import Estado, nombre_estado, tono_estado
from feria_inversa.modelos import ActaDeApertura, Convocatoria, Oferta, OrdenDeCompra
from feria_inversa.ofertas import oferta_vigente
from feria_inversa.unidades_de_medida import nombre_de
from nucleo.actor import Actor
from nucleo.plantillas import REGION
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.textos import perezoso as _l

Hito = tuple[datetime | None, str, str, bool]
CATEGORIAS = {
    "bienes": _l("Bienes"),
    "servicios": _l("Servicios"),
    "obras": _l("Obras"),
    "consultoria": _l("Consultoría"),
}


def cantidad(valor: Decimal, unidad: str) -> str:
    """«12,5 kilogramos»: all the decimals there are, no more."""
    return (
        f"{format_decimal(valor.normalize(), format='#,##0.####', locale=REGION)} {nombre_de(unidad, valor)}"
    )


def opciones_de_categoria() -> list[tuple[str, str]]:
    return [(codigo, str(nombre)) for codigo, nombre in CATEGORIAS.items()]


@dataclass(frozen=True, slots=True)
class Tarjeta:
    """A call in a list: who buys, what, where, how much, until when."""

    convocatoria: Convocatoria
    entidad: str
    lugar: str
    estado: str
    tono: str

    @property
    def url(self) -> str:
        return f"/feria/{self.convocatoria.id}"


def situacion(convocatoria: Convocatoria, instante: datetime) -> tuple[str, str]:
    """The words and tone of a state; a call whose deadline passed is closed even if no sweep ran yet."""
    vencida = convocatoria.vence_en is not None and convocatoria.vence_en <= instante
    if convocatoria.estado == Estado.PUBLICADO and vencida:
        return nombre_estado(Estado.RECEPCION_CERRADA), tono_estado(Estado.RECEPCION_CERRADA)
    return nombre_estado(convocatoria.estado), tono_estado(convocatoria.estado)


def tarjetas(sesion: Session, convocatorias: Sequence[Convocatoria]) -> list[Tarjeta]:
    entidades = unidades_en_lote(sesion, [c.unidad_id for c in convocatorias])
    sitios = lugares(sesion, [c.municipio_ine for c in convocatorias])
    instante = ahora_bd(sesion)
    return [
        Tarjeta(c, entidades[c.unidad_id].nombre, sitios.get(c.municipio_ine, ""), *situacion(c, instante))
        for c in convocatorias
    ]


def esta_abierta(sesion: Session, convocatoria: Convocatoria) -> bool:
    """Whether a bid sent now would be in time."""
    return (
        convocatoria.estado == Estado.PUBLICADO
        and convocatoria.vence_en is not None
        and ahora_bd(sesion) < convocatoria.vence_en
    )


@dataclass(frozen=True, slots=True)
class Paso:
    """What a visitor can do next with a call. Without `url` there is nothing to press."""

    titulo: str
    texto: str
    url: str | None = None
    boton: str = ""
    oferta: Oferta | None = None


def ofertantes(sesion: Session, actor: Actor, convocatoria: Convocatoria) -> list[Unidad]:
    """The units for which this person may bid here."""
    return [
        unidad
        for unidad in unidades_de(sesion, actor, Facultad.OFERTAR)
        if unidad.id != convocatoria.unidad_id
        and tiene_habilitacion(sesion, unidad.id, Habilitacion.PROVEEDOR_DEL_ESTADO)
    ]


def siguiente_paso(sesion: Session, actor: Actor | None, convocatoria: Convocatoria) -> Paso | None:
    if puede_gestionar(sesion, actor, convocatoria.unidad_id):
        texto = _("Usted trabaja en las contrataciones de esta entidad.")
        return Paso(_("Es de su entidad"), texto, f"/compras/{convocatoria.id}", _("Gestionar"))
    if not esta_abierta(sesion, convocatoria):
        return _paso_cerrada(convocatoria)
    ofertar = f"/feria/{convocatoria.id}/ofertar"
    if actor is None:
        texto = _("Ingrese con su ciudadanía digital para ofertar por su unidad económica.")
        return Paso(_("¿Puede proveer esto?"), texto, f"/ingresar?volver={ofertar}", _("Ingresar y ofertar"))
    if any(u.id == convocatoria.unidad_id for u in unidades_representadas(sesion, actor)):
        return Paso(
            _("No puede ofertar aquí"),
            _("Usted tiene un mandato de la entidad que convoca: sería un conflicto de interés."),
        )
    for unidad in unidades_de(sesion, actor, Facultad.OFERTAR, estados=CON_LO_SUYO):
        if oferta := oferta_vigente(sesion, convocatoria.id, unidad.id):
            texto = (
                _("{} ya presentó una oferta. Puede reemplazarla o retirarla hasta el cierre.")
                if unidad.esta_activa
                else _("{} ya presentó una oferta. Puede retirarla hasta el cierre.")
            )
            return Paso(
                _("Su oferta está en sobre cerrado"),
                texto.format(unidad.nombre),
                f"/ofertas/{oferta.id}",
                _("Ver mi recibo"),
                oferta,
            )
    if not ofertantes(sesion, actor, convocatoria):
        return _paso_sin_unidad(sesion, actor)
    texto = _("Escriba sus precios; nadie los ve hasta la apertura.")
    return Paso(_("¿Puede proveer esto?"), texto, ofertar, _("Preparar mi oferta"))


def _paso_cerrada(convocatoria: Convocatoria) -> Paso | None:
    if convocatoria.estado in {Estado.PUBLICADO, Estado.RECEPCION_CERRADA}:
        return Paso(
            _("El plazo terminó"), _("La entidad abrirá los sobres y aquí se publicarán las ofertas.")
        )
    if convocatoria.estado == Estado.EVALUACION:
        return Paso(_("En evaluación"), _("Las ofertas ya son públicas; falta la decisión de la entidad."))
    return None


def _paso_sin_unidad(sesion: Session, actor: Actor) -> Paso:
    if unidades_de(sesion, actor, Facultad.OFERTAR):
        return Paso(
            _("Le falta una habilitación"),
            _("Su unidad necesita la habilitación «Proveer al Estado». Se solicita una sola vez."),
            "/mis-unidades",
            _("Solicitarla en Mis unidades"),
        )
    return Paso(
        _("Para ofertar necesita una unidad"),
        _("Registre su emprendimiento, cooperativa o empresa, o pida un mandato para ofertar."),
        "/mis-unidades",
        _("Ir a Mis unidades"),
    )


def linea_de_tiempo(
    convocatoria: Convocatoria, acta: ActaDeApertura | None, ordenes: Sequence[OrdenDeCompra]
) -> list[Hito]:
    """The call's life so far, and what is still to come."""
    c = convocatoria
    hitos: list[Hito] = [(c.publicado_en, _("Publicada"), c.cuce or "", True)]
    if c.cancelado_en is not None:
        if acta is not None:
            hitos.append(_hito_apertura(acta))
        return [*hitos, (c.cancelado_en, _("Cancelada"), c.motivo_cierre or "", True)]
    hitos.append((c.vence_en, _("Cierre de ofertas"), "", c.estado != Estado.PUBLICADO))
    if acta is None:
        hitos.append((None, _("Apertura de sobres"), _("En un acto público, después del cierre."), False))
    else:
        hitos.append(_hito_apertura(acta))
    if c.resuelto_en is None:
        hitos.append((None, _("Adjudicación"), "", False))
        return hitos
    desierta = c.estado == Estado.DESIERTO
    hitos.append((c.resuelto_en, _("Declarada desierta") if desierta else _("Adjudicada"), "", True))
    if not desierta:
        detalle = ", ".join(orden.numero for orden in ordenes)
        hitos.append((c.contratado_en, _("Órdenes de compra"), detalle, c.contratado_en is not None))
    return hitos


def _hito_apertura(acta: ActaDeApertura) -> Hito:
    cuantas = ngettext("{} oferta abierta", "{} ofertas abiertas", acta.ofertas).format(acta.ofertas)
    return (acta.abierta_en, _("Apertura de sobres"), f"{cuantas} · {acta.abierta_por}", True)
