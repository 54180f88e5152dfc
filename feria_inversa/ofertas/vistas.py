"""What a visitor may do with a call as a bidder."""

from dataclasses import dataclass

from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Habilitacion,
    Unidad,
    tiene_habilitacion,
    unidades_de,
    unidades_representadas,
)
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.ofertas import oferta_vigente
from feria_inversa.ofertas.reconfirmar import vale
from feria_inversa.procesos import Estado, esta_abierta, oculta_nombres, puede_gestionar
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.textos import gettext as _


def mensajes(convocatoria: Convocatoria) -> dict[str, str]:
    """What the page that seals in the browser says of what is not well."""
    return {
        "precio_unitario": _("Escriba el precio con números, por ejemplo 12,50 o 1.234,50."),
        "marca": _("Escriba la marca o «artesanal»."),
        "plazo_dias": _("El plazo máximo de entrega es de {} días.").format(convocatoria.plazo_entrega_dias),
        "grupo": _("Oferte todos los ítems de lo que se adjudica junto."),
        "vacia": _("Escriba el precio de al menos un ítem."),
        "archivo": _("El archivo pesa más de 8 MB: redúzcalo y elíjalo otra vez."),
        "caida": _("No se pudo enviar: revise su conexión y presione otra vez."),
        "sin_sellar": _("Este navegador no pudo sellarla: recargue la página y escriba su oferta otra vez."),
    }


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
            if not vale(sesion, convocatoria, oferta):
                return _paso_por_reconfirmar(convocatoria, oferta)
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


def _paso_por_reconfirmar(convocatoria: Convocatoria, oferta: Oferta) -> Paso:
    texto = (
        _("Cambió lo que se pide: presente otra oferta, o la suya no se abrirá.")
        if oferta.version < convocatoria.pedido_en
        else _("Reconfirme su oferta o presente otra; si no, no se abrirá.")
    )
    return Paso(_("La convocatoria cambió"), texto, f"/ofertas/{oferta.id}", _("Ir a mi oferta"), oferta)


def _paso_cerrada(convocatoria: Convocatoria) -> Paso | None:
    if convocatoria.estado == Estado.SUSPENDIDO:
        return Paso(_("Está suspendida"), _("No recibe ofertas hasta que la entidad la reanude."))
    if convocatoria.estado in {Estado.PUBLICADO, Estado.RECEPCION_CERRADA}:
        return Paso(
            _("El plazo terminó"), _("La entidad abrirá los sobres y aquí se publicarán las ofertas.")
        )
    if convocatoria.estado == Estado.EVALUACION_TECNICA:
        texto = _("Se califica la parte técnica. Los precios siguen cerrados, y se abren los de quien pase.")
        return Paso(_("En evaluación técnica"), texto)
    if convocatoria.estado == Estado.APERTURA_ECONOMICA:
        texto = _("Ya se sabe quién pasó la parte técnica; falta abrir sus precios.")
        return Paso(_("Por abrir los precios"), texto)
    if convocatoria.estado == Estado.APERTURA_IMPEDIDA:
        return Paso(_("No se pudo abrir"), _("Faltan partes de la llave. Si no llegan, queda anulada."))
    if convocatoria.estado == Estado.SUBASTA:
        texto = _("Los precios bajan hasta que termine; quién ofrece cada uno se sabe al final.")
        return Paso(_("En subasta"), texto, f"/feria/{convocatoria.id}/subasta", _("Ver la subasta"))
    if convocatoria.estado == Estado.EVALUACION and oculta_nombres(convocatoria):
        return Paso(_("En evaluación"), _("Las ofertas son públicas; de quién es cada una, con la decisión."))
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
