"""A customer without an announcement: quoted, announced and admitted over the counter in one act."""

from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from envios.admision.admitir import tomar
from envios.admision.avisos import avisar_remitente
from envios.admision.errores import PrecioDistinto
from envios.admision.estados import ClaseAdmision, Medio
from envios.admision.pagar import direccion_de_pago
from envios.admision.precio import Pesada, referencia_de
from envios.admision.quien import parte_con_cuenta, quien_recibe, tercera
from envios.eventos import Fuente
from envios.items import crear_envio, envio_de_cotizacion
from envios.items.modelos import Envio
from envios.operadores import EnAgencia, exigir_en_agencia
from envios.portes import cobrado_en_ventanilla
from envios.tarifas import Bulto, Pedido, cotizar
from nucleo.actor import Actor
from nucleo.bloqueos import cerrojo
from nucleo.dinero import cero, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class DelMostrador:
    """Who sends what to whom, and with which service, as it was weighed. Telephones in E.164 or empty.

    `remitente_cuenta`, `destinatario_cuenta`: by which number they have an account (`parte_con_cuenta`), or
    empty.
    """

    servicio: str
    destino_ine: str
    bulto: Bulto
    remitente_nombre: str
    remitente_telefono: str
    remitente_documento: str
    destinatario_nombre: str
    destinatario_telefono: str
    destino_referencia: str
    contenido: str
    remitente_cuenta: str = ""
    destinatario_cuenta: str = ""


def recibir_en_mostrador(
    sesion: Session,
    actor: Actor,
    agencia_id: UUID,
    nuevo: DelMostrador,
    *,
    visto: Money,
    id: UUID,
    medio: Medio = Medio.EFECTIVO,
) -> Envio:
    """Take a walk-in's parcel, paid in cash to the operator (nothing moves in the ledger). `id`: once.

    To be paid from an account (`medio`) it is only announced: whoever sends it is told, approves it on their
    own telephone (`pagar_franqueo`), and then it is admitted as any other; or in cash, if they do not.

    Raises what `admitir` raises, `DatosInvalidos` by field, `LimiteExcedido`.
    """
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    cerrojo(sesion, f"mostrador {id}")
    ya = envio_de_cotizacion(sesion, id)
    if ya is not None:
        return ya
    agencia = donde.agencia
    pedido = Pedido(
        agencia.municipio_ine, nuevo.destino_ine, nuevo.bulto, nuevo.servicio, agencia.operador_unidad_id
    )
    cotizacion = cotizar(sesion, actor, pedido, id=id)
    if cotizacion.total != visto:
        raise PrecioDistinto(
            _("Ahora es %(total)s: revíselo con quien envía.") % {"total": formato_bs(cotizacion.total)}
        )
    if medio is Medio.CUENTA and not nuevo.remitente_cuenta.strip():
        texto = _("Para pagar con una cuenta, diga de quién es.")
        raise DatosInvalidos(texto, campos={"remitente_cuenta": texto})
    envio = _anunciar(sesion, donde, nuevo, cotizacion.id)
    if medio is Medio.CUENTA:
        _pedir_pago(sesion, envio, cotizacion.total)
        return envio
    cobrado_en_ventanilla(sesion, donde.autorizacion, envio, cotizacion_id=cotizacion.id)
    tomar(
        sesion,
        donde,
        envio,
        Pesada(nuevo.bulto.peso_g, nuevo.bulto.medidas),
        clase=ClaseAdmision.MOSTRADOR,
        fuente=Fuente.PAGINA,
        importe=cotizacion.total,
        medio=Medio.EFECTIVO,
        entrega_el=cotizacion.entrega_el,
    )
    return envio


def _anunciar(sesion: Session, donde: EnAgencia, nuevo: DelMostrador, cotizacion_id: UUID) -> Envio:
    operador = donde.agencia.operador_unidad_id
    return crear_envio(
        sesion,
        donde.autorizacion,
        remitente_parte_id=_remitente(sesion, donde.autorizacion.actor, nuevo, operador),
        destinatario_parte_id=quien_recibe(
            sesion,
            donde.autorizacion.actor,
            nuevo.destinatario_cuenta,
            nuevo.destinatario_nombre,
            nuevo.destinatario_telefono,
            por=operador,
        ),
        destinatario_nombre=nuevo.destinatario_nombre,
        destinatario_telefono=nuevo.destinatario_telefono,
        destino_municipio_ine=nuevo.destino_ine,
        destino_referencia=referencia_de(sesion, cotizacion_id, nuevo.destino_referencia),
        operador_unidad_id=operador,
        peso_g=nuevo.bulto.peso_g,
        contenido=nuevo.contenido,
        cotizacion_id=cotizacion_id,
    )


def _remitente(sesion: Session, actor: Actor, nuevo: DelMostrador, operador: UUID) -> UUID:
    if dato := nuevo.remitente_cuenta.strip():
        return parte_con_cuenta(
            sesion, actor, dato, nuevo.remitente_nombre, campo="remitente_cuenta", por=operador
        )
    if nuevo.bulto.contra_entrega > cero() and not (nuevo.remitente_telefono or nuevo.remitente_documento):
        texto = _("Para darle después lo que se cobre al entregar hace falta su carnet o su teléfono.")
        raise DatosInvalidos(texto, campos={"remitente_documento": texto})
    return tercera(
        sesion, "remitente", nuevo.remitente_nombre, nuevo.remitente_telefono, nuevo.remitente_documento
    )


def _pedir_pago(sesion: Session, envio: Envio, total: Money) -> None:
    datos = {"numero": envio.numero, "total": formato_bs(total)}
    avisar_remitente(
        sesion,
        envio,
        _("Pague %(total)s por el envío %(numero)s") % datos,
        _("Está en el mostrador y espera su pago: elija la cuenta y apruébelo."),
        direccion_de_pago(envio.id),
    )
