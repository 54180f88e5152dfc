"""Three weeks in which things go wrong with what the weavers send, and how each ends.

A parcel that Luis refuses goes back to them; one for Santa Cruz changes operators half-way, which both say;
and Carla's round has no network: what she read comes at noon, from a telephone whose clock is late, with one
delivery whose code was not right. Luis says that he has it.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.capitulos.envios.entrega import dibujo, rubrica
from demostracion.elenco import ETIQUETA, actor, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, a_las, capitulo
from empresa_digital.registro import Facultad, exigir_facultad, parte_de_persona, parte_de_unidad
from envios import anotar_todos, avanzar_demo, crear_envio, envio_por_referencia
from envios.entrega import DatosDePrueba, Relacion
from envios.escaner import Entrega, EscaneoPorSubir, Reloj, Telefono, recibir_lecturas
from envios.eventos import AccionIntento, EventoNuevo, Fuente, Motivo, responder_provisional
from nucleo.archivos import Recibido
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd

VENDE, LLEVA, OTRO, RECIBE = "tejidos", "correos", "mensajeria", "luis"
SUCRE, SANTA_CRUZ = "010101", "070101"
_REFERENCIA = "demostracion"
DE_LA_RONDA = ("ronda 1", "ronda 2", "ronda 3")
ATRASO = timedelta(minutes=7)
"""How late the clock of Carla's telephone is."""


@capitulo("envios.contratiempos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    if hoy - timedelta(days=21) < epoca.inicio + timedelta(days=10):
        return  # the weavers were not there yet
    yield Paso(hoy - timedelta(days=20), "rechazado: anuncia", partial(_anunciar, clave="rechazado"))
    yield Paso(hoy - timedelta(days=14), "rechazado: vuelve", _vuelve)
    yield Paso(
        hoy - timedelta(days=9), "traspaso: anuncia", partial(_anunciar, clave="traspaso", a=SANTA_CRUZ)
    )
    yield Paso(hoy - timedelta(days=6), "traspaso: llega", _cambia_de_manos)
    ronda = (hoy - timedelta(days=3)).date()
    yield Paso(a_las(ronda, 8), "sin red: sale la ronda", _sale)
    yield Paso(a_las(ronda, 12), "sin red: llegan las lecturas", _llegan_las_lecturas)
    yield Paso(a_las(ronda, 12.2), "sin red: la entrega sin código", _entrega_sin_codigo)
    yield Paso(a_las(ronda, 19), "sin red: luis lo tiene", _lo_tiene)


def _anunciar(sesion: Session, clave: str, a: str = SUCRE) -> None:
    unidad = id_de_unidad(VENDE)
    crear_envio(
        sesion,
        exigir_facultad(sesion, actor(sesion, VENDE), unidad, Facultad.VENDER),
        remitente_parte_id=parte_de_unidad(sesion, unidad).id,
        destinatario_parte_id=parte_de_persona(sesion, id_de_persona(RECIBE)).id,
        destinatario_nombre=f"Luis Prueba {ETIQUETA}",
        destinatario_telefono="+59170000012",
        destino_municipio_ine=a,
        destino_referencia="Detrás de la terminal, casa de dos pisos con rejas verdes",
        operador_unidad_id=id_de_unidad(LLEVA),
        referencia_tipo=_REFERENCIA,
        referencia_id=_referencia(clave),
        peso_g=800,
        contenido="Prendas tejidas",
    )


def _referencia(clave: str) -> UUID:
    return id_demo(f"contratiempo:{clave}")


def _envio(sesion: Session, clave: str) -> UUID:
    envio = envio_por_referencia(sesion, _REFERENCIA, _referencia(clave))
    assert envio is not None
    return envio.id


def _vuelve(sesion: Session) -> None:
    """Twice at the door; the second time he did not want it."""
    inicio = ahora_bd(sesion) - timedelta(days=5.5)
    avanzar_demo(sesion, _envio(sesion, "rechazado"), "fin", historia="devolucion", inicio=inicio)


def _cambia_de_manos(sesion: Session) -> None:
    """The post hands it over in its sorting centre, and the courier says that it took it."""
    envio, otro = _envio(sesion, "traspaso"), id_de_unidad(OTRO)
    inicio = ahora_bd(sesion) - timedelta(days=2)
    avanzar_demo(sesion, envio, "fin", historia="traspaso", inicio=inicio, otro_operador_id=otro)


# --- A round without network --------------------------------------------------------------------------------


def _sale(sesion: Session) -> None:
    """Taken in at the counter of Sucre, out for delivery."""
    for clave in DE_LA_RONDA:
        _anunciar(sesion, clave)
    admitidos = [
        EventoNuevo("EMA", _envio(sesion, clave), evento_cliente_id=f"demo:{clave}") for clave in DE_LA_RONDA
    ]
    anotar_todos(sesion, actor(sesion, LLEVA), id_de_unidad(LLEVA), admitidos, Fuente.PAGINA)


def _llegan_las_lecturas(sesion: Session) -> None:
    """She had no network since eight: out with the three, nobody at one door. Sent twice, as it happens."""
    salidas = [_lectura(sesion, clave, "EDG", hace_h=3.5) for clave in DE_LA_RONDA]
    ausente = _lectura(sesion, DE_LA_RONDA[1], "EMH", hace_h=2)
    ausente = ausente.model_copy(
        update={"motivo": Motivo.DESTINATARIO_AUSENTE, "accion": AccionIntento.NUEVO_INTENTO}
    )
    for _vez in range(2):
        recibir_lecturas(sesion, actor(sesion, LLEVA), _telefono(sesion), [ausente, *salidas])


def _entrega_sin_codigo(sesion: Session) -> None:
    """He read her a code that was of another parcel; he signed on the glass."""
    firma = Recibido.de_bytes(dibujo(rubrica))
    entrega = Entrega("1234566", DatosDePrueba(Relacion.VECINO, f"Luis Prueba {ETIQUETA}", firma=firma))
    lectura = _lectura(sesion, DE_LA_RONDA[0], "EMI", hace_h=1.5)
    recibir_lecturas(sesion, actor(sesion, LLEVA), _telefono(sesion), [lectura], entrega)


def _lo_tiene(sesion: Session) -> None:
    responder_provisional(sesion, actor(sesion, RECIBE), _envio(sesion, DE_LA_RONDA[0]), lo_tiene=True)


def _reloj(sesion: Session, hace_h: float = 0) -> Reloj:
    """What her telephone said then."""
    return Reloj(ms=int((ahora_bd(sesion) - ATRASO - timedelta(hours=hace_h)).timestamp() * 1000))


def _telefono(sesion: Session) -> Telefono:
    return Telefono(
        persona_id=id_de_persona(LLEVA),
        operador_unidad_id=id_de_unidad(LLEVA),
        dispositivo_id=id_demo("telefono de la ronda"),
        enviado=_reloj(sesion),
    )


def _lectura(sesion: Session, clave: str, codigo: str, hace_h: float) -> EscaneoPorSubir:
    envio = envio_por_referencia(sesion, _REFERENCIA, _referencia(clave))
    assert envio is not None
    return EscaneoPorSubir(
        id=id_demo(f"lectura:{clave}:{codigo}"),
        codigo=codigo,
        numero=envio.numero,
        reloj=_reloj(sesion, hace_h),
        desfase_ms=int(ATRASO.total_seconds() * 1000),
    )
