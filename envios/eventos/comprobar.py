"""Whether who says to have delivered an item holds it, and was given its code."""

from sqlmodel import Session

from envios.eventos.aplicar import Antes, Historias
from envios.eventos.emsevt import Codigo, CodigoPropio
from envios.eventos.errores import CodigoBloqueado, CodigoIncorrecto, TraspasoSinDar
from envios.eventos.sucesos import Suceso
from envios.items import FALLOS_MAXIMOS, EnvioBloqueado, abre, bloquear_envio, leer_codigo
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import ErrorDominio
from nucleo.textos import gettext as _


def exige_codigo(evento: Suceso) -> bool:
    return evento.codigo == Codigo.EMI and not evento.es_devolucion


def exigir_traspaso(historias: Historias[EnvioBloqueado], antes: Antes, evento: Suceso) -> None:
    """Whoever delivers holds the item: theirs by the chain, or by the word of one of it who gave it."""
    operador, cadena = evento.operador_unidad_id, antes.cadena
    dado = any(
        e.codigo == CodigoPropio.TRASPASO_DADO
        and e.contraparte_unidad_id == operador
        and e.operador_unidad_id in cadena
        and e.id not in historias.corregidos
        for e in historias.eventos[evento.envio_id]
    )
    if operador not in cadena and not dado:
        raise TraspasoSinDar(
            _("Pida al operador que lo lleva que anote la entrega a usted; después anótela de nuevo.")
        )


def comprobar_codigo(
    sesion: Session, autorizacion: Autorizacion, envio: EnvioBloqueado, dicho: str
) -> ErrorDominio | None:
    """None when the recipient's code is right; a wrong one is counted, and the fifth locks it."""
    if envio.codigo_fallos >= FALLOS_MAXIMOS:
        return CodigoBloqueado()
    codigo = leer_codigo(dicho)
    if codigo is None:  # nobody's guess: it uses up no try
        detalle = _("Pida otra vez el código a quien recibe: son 7 dígitos y alguno no coincide.")
        return CodigoIncorrecto(detalle, campos={"codigo_entrega": detalle})
    if abre(envio.id, envio.codigo_version, envio.codigo_de_tercero, codigo):
        return None
    fila = bloquear_envio(sesion, envio.id)
    fila.codigo_fallos = envio.codigo_fallos = envio.codigo_fallos + 1
    sesion.flush()
    auditar(
        sesion,
        autorizacion,
        "envio.codigo_incorrecto",
        "envios_envio",
        envio.id,
        {"fallos": envio.codigo_fallos},
    )
    quedan = FALLOS_MAXIMOS - envio.codigo_fallos
    if quedan == 0:
        return CodigoBloqueado()
    detalle = _("Ese no es el código de este envío. Quedan %(n)d intentos.") % {"n": quedan}
    return CodigoIncorrecto(detalle, campos={"codigo_entrega": detalle}, intentos_restantes=quedan)
