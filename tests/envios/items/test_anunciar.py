"""Announcing a shipment: exact data, numbers that never clash, and refusals that leave nothing."""

import threading
from typing import Any

import pytest
from sqlalchemy import Engine, func, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from empresa_digital.registro import (
    Facultad,
    SinHabilitacion,
    exigir_facultad,
    parte_de_unidad,
    parte_tercera,
)
from envios import s10
from envios.items.anunciar import crear_envio
from envios.items.consultas import (
    Papeles,
    Vista,
    envio_por_id,
    envio_por_referencia,
    vista_de,
)
from envios.items.errores import EnvioNoEncontrado, SerieAgotada
from envios.items.estados import EstadoEnvio
from envios.items.modelos import BloqueSerie, Envio
from envios.items.numerar import siguiente_numero
from envios.items.partes import recibe
from envios.items.por_numero import envio_por_numero
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.ids import nuevo_id
from nucleo.modelos import Auditoria, Evento
from tests.envios.conftest import SORATA, Reparto


def test_anunciado_con_numero_codigo_evento_y_auditoria(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    partes = s10.validar(envio.numero)
    assert (partes.indicador, partes.pais) == ("PQ", "BO")
    assert envio.estado is EstadoEnvio.ANUNCIADO
    assert (envio.admitido_en, envio.entregado_en, envio.intentos) == (None, None, 0)
    assert len(envio.codigo_entrega) == 7
    assert envio.codigo_entrega.isdigit()

    leido = envio_por_id(sesion, envio.id)
    assert (leido.destinatario_nombre, leido.peso_g, leido.destino_municipio_ine) == (
        "Ana Prueba",
        450,
        SORATA,
    )
    assert envio_por_numero(sesion, s10.validar(envio.numero).legible).id == envio.id
    por_referencia = envio_por_referencia(sesion, "pedido", envio.referencia_id)
    assert por_referencia is not None
    assert por_referencia.id == envio.id
    evento = sesion.exec(select(Evento).where(Evento.tipo == "EnvioAnunciado")).one()
    assert evento.objeto_id == envio.id
    assert evento.datos == {
        "envio_id": str(envio.id),
        "numero": envio.numero,
        "referencia_tipo": "pedido",
        "referencia_id": str(envio.referencia_id),
    }
    auditado = sesion.exec(select(Auditoria).where(Auditoria.accion == "envio.anunciar")).one()
    assert (auditado.objeto_id, auditado.unidad_id) == (str(envio.id), reparto.tienda_id)


def test_el_codigo_no_esta_en_la_base_de_datos(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    fila = (
        sesion.connection()
        .execute(text("SELECT row_to_json(e)::text FROM envios_envio e WHERE id = :id"), {"id": envio.id})
        .scalar_one()
    )
    assert f'"{envio.codigo_entrega}"' not in fila
    assert "codigo_entrega" not in {c.name for c in Envio.__table__.columns}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("cambios", "campo"),
    [
        ({"destinatario_nombre": "  "}, "destinatario_nombre"),
        ({"destinatario_nombre": "x" * 121}, "destinatario_nombre"),
        ({"destino_referencia": ""}, "destino_referencia"),
        ({"contenido": ""}, "contenido"),
        ({"contenido": "x" * 201}, "contenido"),
        ({"peso_g": 0}, "peso_g"),
        ({"peso_g": 1_000_001}, "peso_g"),
        ({"destino_municipio_ine": "999999"}, "destino_municipio_ine"),
    ],
)
def test_datos_malos_se_nombran_y_no_dejan_nada(
    sesion: Session, reparto: Reparto, cambios: dict[str, Any], campo: str
) -> None:
    with pytest.raises(DatosInvalidos) as error:
        reparto.enviar(**cambios)
    assert error.value.campos is not None
    assert set(error.value.campos) == {campo}
    assert _cuentas(sesion) == (0, 0, 0)


def test_solo_operadores_habilitados_y_solo_la_propia_unidad(sesion: Session, reparto: Reparto) -> None:
    with pytest.raises(SinHabilitacion):
        reparto.enviar(operador_unidad_id=reparto.tienda_id)
    with transaccion() as otra:
        correos = parte_de_unidad(otra, reparto.correos_id)
    with pytest.raises(Prohibido):
        reparto.enviar(remitente_parte_id=correos.id)
    assert _cuentas(sesion) == (0, 0, 0)


def _cuentas(sesion: Session) -> tuple[int, int, int]:
    envios = sesion.exec(select(func.count()).select_from(Envio)).one()
    bloques = sesion.exec(select(func.count()).select_from(BloqueSerie)).one()
    eventos = sesion.exec(
        select(func.count()).select_from(Evento).where(Evento.tipo.startswith("Envio"))  # type: ignore[attr-defined]
    ).one()
    return envios, bloques, eventos


def test_numeros_seguidos_y_devueltos_si_la_transaccion_falla(reparto: Reparto) -> None:
    primero = reparto.enviar().numero

    class _Falla(Exception):
        pass

    def fallar() -> None:
        with transaccion() as sesion:
            siguiente_numero(sesion, reparto.correos_id)
            raise _Falla

    with pytest.raises(_Falla):
        fallar()
    segundo = reparto.enviar().numero
    assert int(s10.validar(segundo).serie) == int(s10.validar(primero).serie) + 1


def test_pedidos_simultaneos_no_se_esperan_ni_comparten_numero(reparto: Reparto) -> None:
    """All transactions hold their number open at once: none waits for another to commit."""
    cuantos = 6
    barrera = threading.Barrier(cuantos, timeout=20)
    numeros: list[str] = []

    def pedir() -> None:
        with transaccion() as sesion:
            numero = siguiente_numero(sesion, reparto.correos_id)
            barrera.wait()  # broken if anyone were blocked by a neighbour's open transaction
            numeros.append(numero)

    hilos = [threading.Thread(target=pedir) for _ in range(cuantos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(30)
    assert len(set(numeros)) == cuantos


def test_bloques_de_dos_operadores_no_se_solapan(sesion: Session, reparto: Reparto) -> None:
    reparto.enviar()
    bloque = sesion.exec(select(BloqueSerie)).one()
    assert (bloque.hasta - bloque.desde + 1, bloque.siguiente - bloque.desde) == (1000, 1)
    sesion.add(
        BloqueSerie(
            operador_unidad_id=reparto.tienda_id,
            indicador="PQ",
            desde=bloque.hasta,
            hasta=bloque.hasta + 10,
            siguiente=bloque.hasta,
        )
    )
    with pytest.raises(IntegrityError, match="sin_solape"):
        sesion.flush()


def test_serie_agotada(sesion: Session, duenio: Engine, reparto: Reparto) -> None:
    with duenio.begin() as conexion:
        conexion.execute(text("SELECT setval('envios_bloque_seq', 99999)"))
    with pytest.raises(SerieAgotada):
        siguiente_numero(sesion, reparto.correos_id)


def test_lo_que_no_existe(sesion: Session, bd: Any) -> None:
    with pytest.raises(EnvioNoEncontrado):
        envio_por_id(sesion, nuevo_id())
    with pytest.raises(EnvioNoEncontrado):
        envio_por_numero(sesion, "RR473124829BO")
    assert envio_por_referencia(sesion, "pedido", nuevo_id()) is None


def test_crear_en_la_transaccion_de_quien_llama(sesion: Session, reparto: Reparto) -> None:
    autorizacion = exigir_facultad(
        sesion, reparto.actor(reparto.vendedora), reparto.tienda_id, Facultad.VENDER
    )
    crear_envio(sesion, autorizacion, **reparto.datos(sesion))
    sesion.rollback()
    assert _cuentas(sesion) == (0, 0, 0)


def test_recibe_una_unidad_o_un_tercero(sesion: Session, reparto: Reparto) -> None:
    """A unit's people see what it receives; the sender holds the code of somebody without an account."""
    with transaccion() as otra:
        unidad = parte_de_unidad(otra, reparto.correos_id)
        tercero = parte_tercera(otra, "Juan Mamani", "70012345")
    a_unidad = reparto.enviar(destinatario_parte_id=unidad.id)
    a_tercero = reparto.enviar(destinatario_parte_id=tercero.id)
    cartero, vendedora = reparto.actor(reparto.cartero), reparto.actor(reparto.vendedora)
    ajeno = reparto.actor(reparto.ajeno)

    assert vista_de(sesion, cartero, a_unidad) is Vista.DESTINATARIO
    assert vista_de(sesion, vendedora, a_tercero) is Vista.REMITENTE
    assert [recibe(sesion, a, a_unidad) for a in (cartero, vendedora, ajeno)] == [True, False, False]
    assert [recibe(sesion, a, a_tercero) for a in (cartero, vendedora, ajeno)] == [False, True, False]
    papeles = Papeles.de(sesion, cartero)
    assert papeles.vista(a_unidad) is Vista.DESTINATARIO
    assert {e.id for e in sesion.exec(papeles.envios(Vista.DESTINATARIO)).scalars()} == {a_unidad.id}
