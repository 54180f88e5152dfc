"""The authority writes the next rule: the one in force ends the day before it begins."""

from datetime import timedelta

from sqlmodel import Session, col, select

from comercio.requisitos.bloqueos import bloquear_reglas
from comercio.requisitos.errores import ReglaQueNoSigue
from comercio.requisitos.esquemas import ReglaNueva
from comercio.requisitos.juzgar import DOCUMENTOS
from comercio.requisitos.modelos import ReglaDeVendedor
from comercio.vendedores import exigir_autoridad
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


def disponer(sesion: Session, actor: Actor, datos: ReglaNueva) -> ReglaDeVendedor:
    """A rule from a day to come on. Raises `SinFacultad`, `SinCompetencia`, `DatosInvalidos`,
    `ReglaQueNoSigue`."""
    autorizacion = exigir_autoridad(sesion, actor)
    desconocidos = [d for d in datos.documentos if d not in DOCUMENTOS]
    if desconocidos:
        dice = _("El registro no tiene ese documento: %(codigos)s.") % {"codigos": ", ".join(desconocidos)}
        raise DatosInvalidos(dice, campos={"documentos": dice})
    bloquear_reglas(sesion, datos.clase, datos.que)
    manana = fecha_bolivia(ahora_bd(sesion)) + timedelta(days=1)
    ultima = sesion.exec(
        select(ReglaDeVendedor)
        .where(ReglaDeVendedor.clase == datos.clase, ReglaDeVendedor.que == datos.que)
        .order_by(col(ReglaDeVendedor.vigente_desde).desc())
        .limit(1)
    ).first()
    desde = max(manana, ultima.vigente_desde + timedelta(days=1) if ultima else manana)
    if datos.vigente_desde < desde:
        dice = _("Elija desde mañana, y después de la última que ya se dispuso.")
        raise ReglaQueNoSigue(dice, campos={"vigente_desde": dice})
    if ultima is not None and ultima.vigente_hasta is None:
        ultima.vigente_hasta = datos.vigente_desde
        sesion.flush()
    iguales = {nombre: getattr(datos, nombre) for nombre in ReglaNueva.model_fields}
    regla = ReglaDeVendedor(dispuso=actor.nombre[:200], **iguales)
    sesion.add(regla)
    sesion.flush()
    hechos = {
        "clase": str(datos.clase),
        "que": str(datos.que),
        "permite": datos.permite,
        "tope_centavos": a_centavos(datos.tope_anual) if datos.tope_anual else None,
        "confirmado": datos.confirmado,
        "vigente_desde": datos.vigente_desde.isoformat(),
    }
    auditar(
        sesion, autorizacion, "regla_de_vendedor.disponer", "comercio_regla_de_vendedor", regla.id, hechos
    )
    return regla
