"""Notices to who receives, who sends and who carries an item.

What is told is where the item is now: what came together is one notice, nothing older follows what is newer,
and nothing is told twice (`envios_aviso`). What is no state is told once, when it happens.
"""

from collections.abc import Mapping
from functools import partial

from sqlmodel import Session

import envios.seguimiento.prometer  # noqa: F401 - subscribes
from empresa_digital.registro import Parte, notificar_unidad
from envios.eventos import historia_de
from envios.items import EstadoEnvio, avisar_a, destinatario_de, eventos, remitente_de
from envios.items.modelos import Envio
from envios.seguimiento.avisos import AVISO_ENVIO
from envios.seguimiento.bloqueos import bloquear_aviso
from envios.seguimiento.palabras import PARA_DESTINATARIO, PARA_REMITENTE, SUELTOS, Aviso
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _

_DE_ESTADO = (
    eventos.ENVIO_ADMITIDO,
    eventos.ENVIO_EN_REPARTO,
    eventos.ENVIO_LISTO_PARA_RETIRO,
    eventos.ENVIO_INTENTO_FALLIDO,
    eventos.ENVIO_EN_DEVOLUCION,
    eventos.ENVIO_ENTREGADO,
    eventos.ENVIO_DEVUELTO,
    eventos.ENVIO_ANULADO,
    eventos.ENVIO_SIN_NOTICIAS,
)
# On its way says what admitted says; once.
_COMO_ADMITIDO = frozenset({EstadoEnvio.ADMITIDO, EstadoEnvio.EN_TRANSITO, EstadoEnvio.RETENIDO})


def _al_dia(papel: str, avisos: dict[EstadoEnvio, Aviso], sesion: Session, evento: EventoRecibido) -> None:
    """Tell one side where the item is now, unless it was told; whichever news brought us here."""
    dicho = bloquear_aviso(sesion, evento.objeto_id, papel)
    envio = sesion.get_one(Envio, evento.objeto_id, populate_existing=True)
    _cuentan, decisivo = historia_de(sesion, envio)
    estado = EstadoEnvio.ADMITIDO if envio.estado in _COMO_ADMITIDO else envio.estado
    clave = f"{estado.value}:{decisivo.id if decisivo else ''}"
    if estado not in avisos or clave == dicho.dicho or (estado is EstadoEnvio.ADMITIDO and dicho.dicho):
        return
    dicho.dicho = clave
    accion = decisivo.accion_enum if decisivo else None
    textos = {"accion": accion.texto if accion else _("El operador decidirá el siguiente paso")}
    parte = destinatario_de(sesion, envio) if papel == "destinatario" else remitente_de(sesion, envio)
    _avisar(sesion, envio, parte, avisos[estado], textos)


def _suelto(papel: str, avisos: dict[str, Aviso], sesion: Session, evento: EventoRecibido) -> None:
    """Tell one side what is no state."""
    envio = sesion.get_one(Envio, evento.objeto_id)
    textos = {"nota": evento.datos.get("nota", "")}
    if papel == "operador":
        enlace = f"/envios/operador/{envio.id}"
        asunto, cuerpo = _en_palabras(avisos[evento.tipo], _con(envio, textos))
        notificar_unidad(sesion, envio.custodio_unidad_id, asunto, cuerpo, enlace, clase=AVISO_ENVIO)
        return
    parte = destinatario_de(sesion, envio) if papel == "destinatario" else remitente_de(sesion, envio)
    _avisar(sesion, envio, parte, avisos[evento.tipo], textos)


def _con(envio: Envio, textos: Mapping[str, str]) -> dict[str, str]:
    return {"numero": envio.numero, **textos}


def _avisar(sesion: Session, envio: Envio, parte: Parte, aviso: Aviso, textos: Mapping[str, str]) -> None:
    asunto, cuerpo = _en_palabras(aviso, _con(envio, textos))
    avisar_a(sesion, parte, asunto, cuerpo, f"/seguimiento/{envio.numero}", clase=AVISO_ENVIO)


def _en_palabras(aviso: Aviso, datos: Mapping[str, str]) -> tuple[str, str]:
    return str(aviso.asunto) % datos, (str(aviso.cuerpo) % datos).strip()


for _tipo in _DE_ESTADO:
    al_ocurrir(_tipo, consumidor="envios.avisar_destinatario")(
        partial(_al_dia, "destinatario", PARA_DESTINATARIO)
    )
    al_ocurrir(_tipo, consumidor="envios.avisar_remitente")(partial(_al_dia, "remitente", PARA_REMITENTE))
for _papel, _avisos in SUELTOS.items():
    for _tipo in _avisos:
        al_ocurrir(_tipo, consumidor=f"envios.avisar_{_papel}")(partial(_suelto, _papel, _avisos))
