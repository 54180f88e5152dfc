"""The demonstration tells every state and reads as true: dates in order, nothing in the future."""

from collections import Counter
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session, select

from demostracion.relato import contar
from feria_inversa.contratos.modelos import Modificacion, OrdenDeCompra
from feria_inversa.contratos.verificar import verificar_modificaciones
from feria_inversa.datos_abiertos.modelos import MesOcds, ReleaseOcds
from feria_inversa.llaves import llave_de
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.verificar import verificar_selladas
from feria_inversa.procesos.consultas import como_esta
from feria_inversa.procesos.estados import Estado, Resultado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ahora_bd


def _sembrar() -> None:
    from demostracion import personas as ciudadania
    from demostracion.capitulos import datos_abiertos, llaves, registro
    from demostracion.capitulos import feria_inversa as demo

    with transaccion() as sesion:
        ciudadania.sembrar(sesion)
    capitulos = {"registro": registro.pasos, "llaves": llaves.pasos, "feria": demo.pasos}
    contar(capitulos | {"abiertos": datos_abiertos.pasos})


def test_siembra_necesidades_en_todos_los_estados(bd: Engine, sesion: Session, cliente: Any) -> None:
    _sembrar()
    _sembrar()  # a second time changes nothing

    filas = sesion.exec(select(Convocatoria)).all()
    assert Counter(como_esta(fila) for fila in filas) == {
        Estado.PUBLICADO: 14,
        Estado.RECEPCION_CERRADA: 4,
        Estado.EVALUACION_TECNICA: 1,
        Estado.EVALUACION: 4,
        Resultado.ADJUDICADO: 2,
        Resultado.CONTRATADO: 6,
        Resultado.DESIERTO: 2,
        Resultado.ANULADO: 1,
        Estado.BORRADOR: 1,
    }
    # One that was deserted is called again, and one that was cancelled published again.
    cuces = {fila.id: fila.cuce for fila in filas}
    siguen = {fila.cuce: cuces[a] for fila in filas if (a := fila.convocatoria_anterior_id) is not None}
    assert sorted(f"{v[-3:]} {n[-3:]}" for n, v in siguen.items() if n and v) == ["1-1 1-2", "1-1 2-1"]
    # Of the university, since it has holders of keys: one waits for a part, and one was opened by two.
    sellados = [fila for fila in filas if llave_de(sesion, fila.id) is not None]
    assert Counter(fila.estado for fila in sellados) == {
        Estado.PUBLICADO: 2,
        Estado.RECEPCION_CERRADA: 1,
        Estado.EVALUACION_TECNICA: 1,
        Estado.EVALUACION: 1,
    }
    assert verificar_selladas(sesion) == []
    ahora = ahora_bd(sesion)
    for fila in filas:
        momentos = [
            fila.creado_en,
            fila.publicado_en,
            fila.cerrado_en,
            fila.abierto_en,
            fila.resuelto_en,
            fila.contratado_en,
            fila.cancelado_en,
        ]
        vividos = [momento for momento in momentos if momento is not None]
        assert vividos == sorted(vividos)
        assert vividos[-1] <= ahora
        if fila.estado == Estado.PUBLICADO:
            assert fila.vence_en is not None
            assert fila.vence_en > ahora
    assert all(oferta.presentada_en <= ahora for oferta in sesion.exec(select(Oferta)))
    assert len(sesion.exec(select(OrdenDeCompra)).all()) >= 10
    # Blankets for more families, signed by both; benches that wait for their supplier's signature.
    dichas = {(m.estado, m.dias, m.total - m.total_antes) for m in sesion.exec(select(Modificacion))}
    assert dichas == {("firmada", 10, bs("2594.40")), ("propuesta", 5, bs(0))}
    assert verificar_modificaciones(sesion) == []
    assert len({r.release_id for r in sesion.exec(select(ReleaseOcds))}) >= 40
    futuros = text("SELECT count(*) FROM nucleo_auditoria WHERE creado_en > nucleo_ahora()")
    assert sesion.connection().execute(futuros).scalar_one() == 0
    # Each public process is in the files of one month, of all and of its entity.
    hechos = sesion.exec(select(MesOcds)).all()
    assert sum(mes.procesos for mes in hechos if mes.unidad_id is None) == len(filas) - 1  # but the draft
    assert sum(mes.procesos for mes in hechos if mes.unidad_id is not None) == len(filas) - 1
    sesion.rollback()

    entregas = text("SELECT count(*), count(hecha_en) FROM nucleo_entrega")
    hay, hechas = sesion.connection().execute(entregas).one()
    assert hay == hechas > 0
    fallidas = text("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL")
    assert sesion.connection().execute(fallidas).scalar_one() == 0
    sesion.rollback()

    assert "Desayuno escolar" in cliente.get("/feria").text
    for fila in {fila.estado: fila for fila in filas}.values():
        visible = fila.estado != Estado.BORRADOR
        assert cliente.get(f"/feria/{fila.id}").status_code == (200 if visible else 404)
