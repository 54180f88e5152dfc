"""Proof of delivery: kept once with the delivery, never changed, and seen by those concerned alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from empresa_digital.registro import Habilitacion, SinFacultad, TipoUnidad
from envios.entrega.consultas import archivos_de, pruebas_de
from envios.entrega.entregar import entregar
from envios.entrega.errores import PruebaInvalida, PruebaNoEncontrada, PruebaYaGuardada
from envios.entrega.modelos import ArchivoDePrueba, PruebaDeEntrega
from envios.entrega.presentar import archivo_visible, leer_prueba, pruebas_visibles
from envios.entrega.prueba import (
    DatosDePrueba,
    agregar_archivo,
    guardar_prueba,
    guardar_prueba_de_evento,
)
from envios.entrega.tipos import ClaseDeArchivo, Relacion
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.derivar import QuienRecibe
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.nuevo import EventoNuevo, Fuente, Resultado
from envios.eventos.registrar_eventos import registrar_eventos
from envios.items import Vista, bloquear_envio, envio_por_id
from envios.items.modelos import Envio
from nucleo.actor import Autorizacion
from nucleo.archivos import ImagenInvalida, Recibido
from nucleo.archivos.modelos import Archivo
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import Reparto
from tests.nucleo.archivos.ayudas import png

BOLIVIA = timezone(timedelta(hours=-4))
VECINA = DatosDePrueba(
    Relacion.VECINO, "  Rosa   Quispe ", Decimal("-15.7731234"), Decimal("-68.6489999"), 12
)


@pytest.fixture
def envio(reparto: Reparto) -> Envio:
    return reparto.enviar()


def _entregar(reparto: Reparto, envio: Envio, prueba: DatosDePrueba = VECINA, **opciones: Any) -> Any:
    with transaccion() as sesion:
        actor = reparto.actor(reparto.cartero)
        return entregar(sesion, actor, envio.id, envio.codigo_entrega, prueba=prueba, **opciones)


def _unica(sesion: Session, envio: Envio) -> PruebaDeEntrega:
    sesion.rollback()
    (fila,) = pruebas_de(sesion, envio.id)
    return fila


def _nada(sesion: Session, envio: Envio) -> bool:
    sesion.rollback()
    filas = [
        *pruebas_de(sesion, envio.id),
        *sesion.exec(select(ArchivoDePrueba)),
        *sesion.exec(select(Archivo)),
    ]
    return not filas and eventos_de(sesion, envio.id) == [] and envio_por_id(sesion, envio.id).version == 1


def test_la_entrega_guarda_su_prueba(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    cuando = ahora().astimezone(BOLIVIA).replace(microsecond=0) - timedelta(minutes=90)
    foto, firma = Recibido.de_bytes(png(2000, 900)), Recibido.de_bytes(png(300, 120, "black"))
    prueba = replace(VECINA, foto=foto, firma=firma)
    hecho = _entregar(reparto, envio, prueba, ocurrido_en=cuando, evento_cliente_id="t1")
    fila = _unica(sesion, envio)
    assert (fila.receptor_nombre, fila.relacion, fila.codigo_comprobado) == ("Rosa Quispe", "vecino", True)
    assert (fila.latitud, fila.longitud, fila.precision_m) == (
        Decimal("-15.773123"),
        Decimal("-68.649000"),
        12,
    )
    assert (fila.evento_id, fila.evento_cliente_id) == (hecho.evento.id, "t1")
    assert (fila.operador_unidad_id, fila.ocurrida_en) == (reparto.correos_id, cuando)
    assert fila.registrada_por == reparto.actor(reparto.cartero).clave
    guardados = archivos_de(sesion, [fila.id])[fila.id]
    assert set(guardados) == {ClaseDeArchivo.FOTO, ClaseDeArchivo.FIRMA}
    archivos = [sesion.get_one(Archivo, g.archivo_id) for g in guardados.values()]
    assert [(a.publico, a.duenio_id) for a in archivos] == [(False, fila.id)] * 2

    (vista,) = pruebas_visibles(sesion, envio_por_id(sesion, envio.id), Vista.DESTINATARIO)
    assert vista.ocurrida_en.isoformat() == cuando.isoformat()  # the wall clock of who noted it
    assert leer_prueba(vista).foto == f"/api/v1/pruebas-de-entrega/{fila.id}/foto"


def test_sin_decir_nada_recibio_el_destinatario(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    _entregar(reparto, envio, DatosDePrueba())
    fila = _unica(sesion, envio)
    assert (fila.receptor_nombre, fila.relacion, fila.latitud) == ("Ana Prueba", "destinatario", None)


def test_repetir_no_guarda_dos(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    hechos = [_entregar(reparto, envio, evento_cliente_id="t1").resultado for _ in range(2)]
    assert hechos == [Resultado.REGISTRADO, Resultado.REPETIDO]
    _unica(sesion, envio)


@pytest.mark.parametrize(
    ("prueba", "error"),
    [
        (replace(VECINA, receptor_nombre="   "), PruebaInvalida),
        (replace(VECINA, longitud=None), PruebaInvalida),
        (replace(VECINA, latitud=Decimal("90.1")), PruebaInvalida),
        (replace(VECINA, relacion=Relacion.REMITENTE), PruebaInvalida),
        (replace(VECINA, foto=Recibido.de_bytes(png()), firma=Recibido.de_bytes(b"%PDF-")), ImagenInvalida),
    ],
)
def test_una_prueba_mala_no_entrega(
    reparto: Reparto, envio: Envio, sesion: Session, prueba: DatosDePrueba, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _entregar(reparto, envio, prueba)
    assert _nada(sesion, envio)


def test_un_codigo_malo_no_deja_prueba(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    malo = "000000" if envio.codigo_entrega != "000000" else "111111"
    with transaccion() as propia:
        hecho = entregar(propia, reparto.actor(reparto.cartero), envio.id, malo, prueba=VECINA)
    assert hecho.error is not None
    sesion.rollback()
    assert pruebas_de(sesion, envio.id) == []


def test_provisional_hasta_que_se_juzga(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    """The proof taken at the door is the operator's until its delivery counts; then it is everybody's."""
    with transaccion() as propia:
        guardar_prueba(
            propia,
            Autorizacion.propia(reparto.actor(reparto.cartero)),
            bloquear_envio(propia, envio.id),
            VECINA,
            operador_unidad_id=reparto.correos_id,
            evento_cliente_id="movil-7",
            ocurrida_en=datetime(2026, 11, 28, 12, tzinfo=UTC),
        )
    fila = _unica(sesion, envio)
    assert (fila.evento_id, fila.codigo_comprobado) == (None, False)
    actual = envio_por_id(sesion, envio.id)
    assert pruebas_visibles(sesion, actual, Vista.DESTINATARIO) == []
    assert [p.fila.id for p in pruebas_visibles(sesion, actual, Vista.OPERADOR)] == [fila.id]

    _entregar(reparto, envio, evento_cliente_id="movil-7")
    assert _unica(sesion, envio).id == fila.id  # the delivery finds it
    (vista,) = pruebas_visibles(sesion, envio_por_id(sesion, envio.id), Vista.DESTINATARIO)
    assert (vista.fila.id, vista.codigo_comprobado) == (fila.id, True)


def _emi(reparto: Reparto, envio: Envio, **cambios: Any) -> UUID:
    nuevo = EventoNuevo("EMI", envio.id, codigo_entrega=envio.codigo_entrega, **cambios)
    with transaccion() as sesion:
        actor = reparto.actor(reparto.cartero)
        (hecho,) = registrar_eventos(sesion, actor, reparto.correos_id, [nuevo], Fuente.LOTE)
        assert hecho.evento is not None, hecho.error
        return hecho.evento.id


def test_una_entrega_anotada_antes_recibe_su_prueba_una_vez(
    reparto: Reparto, envio: Envio, sesion: Session
) -> None:
    evento_id, actor = _emi(reparto, envio), reparto.actor(reparto.cartero)
    with pytest.raises(SinFacultad), transaccion() as propia:
        guardar_prueba_de_evento(propia, reparto.actor(reparto.vendedora), evento_id, VECINA)
    with transaccion() as propia:
        guardar_prueba_de_evento(propia, actor, evento_id, VECINA)
    with pytest.raises(PruebaYaGuardada), transaccion() as propia:
        guardar_prueba_de_evento(propia, actor, evento_id, DatosDePrueba())
    fila = _unica(sesion, envio)
    assert (fila.evento_id, fila.relacion, fila.codigo_comprobado) == (evento_id, "vecino", True)


def test_lo_que_vuelve_lo_recibe_quien_lo_envio(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    evento_id, actor = _emi(reparto, envio, entregado_a=QuienRecibe.REMITENTE), reparto.actor(reparto.cartero)
    with pytest.raises(PruebaInvalida), transaccion() as propia:
        guardar_prueba_de_evento(propia, actor, evento_id, DatosDePrueba())
    with transaccion() as propia:
        guardar_prueba_de_evento(propia, actor, evento_id, DatosDePrueba(Relacion.REMITENTE))
    fila = _unica(sesion, envio)
    assert (fila.receptor_nombre, fila.codigo_comprobado) == ("Tejidos de prueba", False)


def test_las_imagenes_llegan_despues_y_no_se_cambian(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    _entregar(reparto, envio)
    prueba_id, actor = _unica(sesion, envio).id, reparto.actor(reparto.cartero)
    for _ in range(2):  # sent again, nothing
        with transaccion() as propia:
            agregar_archivo(propia, actor, prueba_id, ClaseDeArchivo.FOTO, Recibido.de_bytes(png()))
    with pytest.raises(PruebaYaGuardada), transaccion() as propia:
        agregar_archivo(propia, actor, prueba_id, ClaseDeArchivo.FOTO, Recibido.de_bytes(png(61)))
    with pytest.raises(SinFacultad), transaccion() as propia:
        agregar_archivo(
            propia,
            reparto.actor(reparto.vendedora),
            prueba_id,
            ClaseDeArchivo.FIRMA,
            Recibido.de_bytes(png()),
        )
    sesion.rollback()
    assert set(archivos_de(sesion, [prueba_id])[prueba_id]) == {ClaseDeArchivo.FOTO}


def test_dos_fotos_a_la_vez_dejan_una(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    _entregar(reparto, envio)
    prueba_id, actor = _unica(sesion, envio).id, reparto.actor(reparto.cartero)

    def agregar(ancho: int) -> Any:
        foto = Recibido.de_bytes(png(ancho))
        return lambda s: agregar_archivo(s, actor, prueba_id, ClaseDeArchivo.FOTO, foto)

    assert isinstance(cruzar(agregar(60), agregar(61)), PruebaYaGuardada)
    sesion.rollback()
    assert len(archivos_de(sesion, [prueba_id])[prueba_id]) == 1


def test_quien_ve_las_imagenes(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    _entregar(reparto, envio, replace(VECINA, foto=Recibido.de_bytes(png())))
    prueba_id = _unica(sesion, envio).id
    for quien in (reparto.ana, reparto.vendedora, reparto.cartero):
        assert archivo_visible(sesion, reparto.actor(quien), prueba_id, ClaseDeArchivo.FOTO).huella
    for quien, clase in ((reparto.ajeno, ClaseDeArchivo.FOTO), (reparto.ana, ClaseDeArchivo.FIRMA)):
        with pytest.raises(PruebaNoEncontrada):
            archivo_visible(sesion, reparto.actor(quien), prueba_id, clase)


def test_lo_que_se_declara_equivocado_deja_de_probar(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    hecho = _entregar(reparto, envio)
    with transaccion() as propia:
        nueva = Correccion(MotivoCorreccion.OTRO_ENVIO, hecho.evento.id)
        corregir(propia, reparto.actor(reparto.cartero), reparto.correos_id, nueva, Fuente.PAGINA)
    sesion.rollback()
    actual = envio_por_id(sesion, envio.id)
    assert pruebas_visibles(sesion, actual, Vista.DESTINATARIO) == []
    assert len(pruebas_visibles(sesion, actual, Vista.OPERADOR)) == 1


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE envios_prueba SET relacion = 'familiar'",
        "DELETE FROM envios_prueba",
        "UPDATE envios_prueba_archivo SET huella = ''",
        "DELETE FROM envios_prueba_archivo",
    ],
)
def test_no_se_cambia_ni_por_la_base(
    reparto: Reparto, envio: Envio, sesion: Session, duenio: Any, orden: str
) -> None:
    _entregar(reparto, envio, replace(VECINA, foto=Recibido.de_bytes(png())))
    sesion.rollback()
    with pytest.raises(DBAPIError), sesion.begin_nested():
        sesion.connection().execute(text(orden))
    with pytest.raises(DBAPIError), duenio.begin() as conexion:
        conexion.execute(text(orden))


def test_no_es_de_la_entrega_de_otro(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    otro = reparto.enviar()
    evento_id = _emi(reparto, otro)
    fila = PruebaDeEntrega(
        id=nuevo_id(),
        envio_id=envio.id,
        operador_unidad_id=reparto.correos_id,
        evento_id=evento_id,
        receptor_nombre="Rosa",
        relacion=Relacion.VECINO,
        codigo_comprobado=True,
        ocurrida_en=ahora(),
        registrada_por="nadie",
    )
    with pytest.raises(DBAPIError), sesion.begin_nested():
        sesion.add(fila)


def test_un_operador_que_no_lo_lleva_no_prueba_nada(
    reparto: Reparto, envio: Envio, sesion: Session, crear_persona: Any, crear_unidad: Any
) -> None:
    """Its delivery waits for a hand-over and counts for nothing: no proof, and nobody's name."""
    ajena = crear_persona("Olga")
    otro = crear_unidad(
        "Mensajeros",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=ajena,
        facultades=["DESPACHAR"],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
    )
    with transaccion() as una:
        dice = EventoNuevo("EMI", numero=envio.numero, entregado_a=QuienRecibe.REMITENTE)
        (hecho,) = registrar_eventos(una, reparto.actor(ajena), otro.id, [dice], Fuente.API)
        assert hecho.evento is not None
    with pytest.raises(PruebaInvalida, match="no cuenta"), transaccion() as una:
        guardar_prueba_de_evento(
            una, reparto.actor(ajena), hecho.evento.id, DatosDePrueba(Relacion.REMITENTE)
        )
    assert pruebas_de(sesion, envio.id) == []
