"""The timeline of a call."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from babel.numbers import format_decimal
from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.apertura import ResumenDeApertura
from feria_inversa.contratos import conclusion
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.ofertas import Traido, ofertas_vigentes, traidos_de
from feria_inversa.procesos import Estado, como_esta, nombre_estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.plantillas import REGION
from nucleo.textos import gettext as _
from nucleo.textos import ngettext

Hito = tuple[datetime | None, str, str, bool]


def fraccion(valor: Fraction) -> str:
    """As people read it, and exactly where two decimals are not all there is: «26,67… (80/3)»."""
    corto = (Decimal(valor.numerator) / Decimal(valor.denominator)).quantize(Decimal("0.01"))
    dicho = format_decimal(corto, format="#,##0.00", locale=REGION)
    return dicho if Fraction(corto) == valor else f"{dicho}… ({valor})"


def traidos(sesion: Session, convocatoria: Convocatoria) -> list[tuple[str, UUID, list[Traido]]]:
    """The documents that each bid brought, under the name of who bid, in the order in which they came."""
    de_cada = traidos_de(sesion, convocatoria)
    if not de_cada:
        return []
    ofertas = ofertas_vigentes(sesion, convocatoria.id)
    unidades = unidades_en_lote(sesion, [oferta.unidad_id for oferta in ofertas])
    return [(unidades[o.unidad_id].nombre, o.id, de_cada[o.id]) for o in ofertas if o.id in de_cada]


def linea_de_tiempo(
    convocatoria: Convocatoria, acta: ResumenDeApertura | None, ordenes: Sequence[OrdenDeCompra]
) -> list[Hito]:
    """The call's life so far, and what is still to come."""
    c = convocatoria
    hitos: list[Hito] = [(c.publicado_en, _("Publicada"), c.cuce or "", True)]
    if c.cancelado_en is not None:
        if c.tecnica_en is not None:
            hitos.append(_hito_tecnico(c))
        if acta is not None:
            hitos.append(_hito_apertura(c, acta))
        return [*hitos, (c.cancelado_en, nombre_estado(como_esta(c)), c.motivo_cierre or "", True)]
    if c.estado == Estado.SUSPENDIDO:
        return [*hitos, (None, _("Reanudación"), _("Está suspendida."), False)]
    if c.vence_en is not None:
        hitos.append((c.vence_en, _("Cierre de ofertas"), "", c.estado != Estado.PUBLICADO))
    hitos += _de_la_apertura(c, acta)
    if c.resuelto_en is None:
        hitos.append((None, _("Adjudicación"), "", False))
        return hitos
    if c.estado == Estado.EVALUACION:
        hitos.append((c.resuelto_en, _("Adjudicada"), _("Quedó sin efecto en parte o del todo."), True))
        hitos.append((None, _("Nueva decisión"), "", False))
        return hitos
    desierta = not c.items_adjudicados
    hitos.append((c.resuelto_en, _("Declarada desierta") if desierta else _("Adjudicada"), "", True))
    if not desierta:
        detalle = ", ".join(orden.numero for orden in ordenes)
        hitos.append((c.contratado_en, _("Órdenes de compra"), detalle, c.contratado_en is not None))
    if (fin := conclusion(c, ordenes)) is not None:
        hitos.append((fin.concluido_en, _("Concluida"), en_cuantos_dias(fin.dias), True))
    return hitos


def _de_la_apertura(c: Convocatoria, acta: ResumenDeApertura | None) -> list[Hito]:
    hitos = [_hito_tecnico(c)] if c.dos_sobres else []
    if c.estado == Estado.SUBASTA:
        hitos.append((c.abierto_en, _("Apertura de sobres"), _("Los precios están en subasta."), True))
        hitos.append((None, _("Fin de la subasta"), _("Entonces se sabe quién ofertó cada precio."), False))
    elif acta is not None:
        hitos.append(_hito_apertura(c, acta))
    elif c.dos_sobres:
        hitos.append((None, _("Apertura de los precios"), _("De quienes pasen la parte técnica."), False))
    else:
        hitos.append((None, _("Apertura de sobres"), _("En un acto público, después del cierre."), False))
    return hitos


def _hito_tecnico(c: Convocatoria) -> Hito:
    return (c.tecnica_en, _("Apertura de la parte técnica"), "", c.tecnica_en is not None)


def en_cuantos_dias(dias: Sequence[int]) -> str:
    """In how many days what was received was paid; empty when nothing was."""
    if not dias:
        return ""
    if dias[0] == dias[-1]:
        return ngettext(
            "Se pagó en {} día desde que se recibió.", "Se pagó en {} días desde que se recibió.", dias[0]
        ).format(dias[0])
    return _("Se pagó entre {} y {} días desde que se recibió.").format(dias[0], dias[-1])


def _hito_apertura(c: Convocatoria, acta: ResumenDeApertura) -> Hito:
    if acta.sin_convocatoria:
        cuantas = ngettext("{} cotización", "{} cotizaciones", acta.ofertas).format(acta.ofertas)
        return (acta.abierta_en, _("Cotizaciones anotadas"), f"{cuantas} · {acta.abierta_por}", True)
    cuantas = ngettext("{} oferta abierta", "{} ofertas abiertas", acta.ofertas).format(acta.ofertas)
    que = _("Apertura de los precios") if c.dos_sobres else _("Apertura de sobres")
    return (acta.abierta_en, que, f"{cuantas} · {acta.abierta_por}", True)
