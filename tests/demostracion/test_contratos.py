"""The demonstration has orders that were delivered, late, in part, penalised and paid; and a process that was
contested, decided again, guaranteed, and of which a lot was called again.
"""

from collections import Counter

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from demostracion.relato import contar
from empresa_digital.registro import unidad_por_id
from feria_inversa.actos.modelos import Acta
from feria_inversa.contratos.consultas import entregas_de, garantias_de, ordenes_de
from feria_inversa.contratos.historial import dias_para_pagar, historiales_de
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.impugnacion.verificar import verificar_impugnaciones
from feria_inversa.papeles.modelos import Designacion
from feria_inversa.procesos import impugnable_hasta
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd


def test_lo_contratado_se_entrega_y_se_paga(bd: Engine, sesion: Session) -> None:
    from demostracion import personas as ciudadania
    from demostracion.capitulos import contratos, feria_inversa, llaves, registro

    with transaccion() as otra:
        ciudadania.sembrar(otra)
    capitulos = {"registro": registro.pasos, "llaves": llaves.pasos, "feria": feria_inversa.pasos}
    for _vez in range(2):  # a second time changes nothing
        contar(capitulos | {"contratos": contratos.pasos})

    raciones = ordenes_de(sesion, id_demo("convocatoria:24"))
    assert Counter(o.estado for o in raciones) == {"concluida": 2, "recibida": 1, "vigente": 1}
    quinua = next(o for o in raciones if o.proveedor_id == id_demo("unidad:quinua"))
    a_tiempo, tarde = entregas_de(sesion, quinua.id)
    assert (a_tiempo.multa, a_tiempo.dias_atraso) == (bs(0), 0)
    assert tarde.dias_atraso is not None
    assert 3 <= tarde.dias_atraso <= 12
    assert tarde.multa == quinua.multa == bs(164 * tarde.dias_atraso) + bs("0.50") * tarde.dias_atraso
    assert quinua.pagado == quinua.recibido - quinua.multa == quinua.total - quinua.multa
    assert dias_para_pagar(quinua, ahora_bd(sesion)) in (1, 2)  # thirty hours: the hour of telling decides
    (historial,) = historiales_de(sesion, [quinua.proveedor_id]).values()
    assert (historial.aceptadas, historial.entregas, historial.a_tiempo, historial.con_multa) == (1, 2, 1, 1)
    (parcial,) = [o for o in raciones if o.estado == "vigente"]
    assert unidad_por_id(sesion, parcial.proveedor_id).id == id_demo("unidad:soya")
    assert (parcial.recibido < parcial.total, parcial.pagado) == (True, bs(0))

    largo = id_demo("convocatoria:telecentros")
    de_que = {i.convocatoria_id: i.estado for i in sesion.exec(select(Impugnacion))}
    assert de_que == {largo: "revocada", contratos.CERCOS: "presentada"}
    cercos = sesion.get_one(Convocatoria, contratos.CERCOS)
    assert impugnable_hasta(sesion, cercos) is not None  # of the other item somebody may still say something
    evaluan = select(Designacion.persona_id).where(
        Designacion.convocatoria_id == largo, Designacion.papel == "calificacion"
    )
    assert len(sesion.exec(evaluan).all()) == 2
    informes = select(Acta).where(Acta.convocatoria_id == largo, Acta.clase == "informe")
    assert len(sesion.exec(informes).all()) == 2
    (orden,) = ordenes_de(sesion, largo)
    assert (orden.estado, orden.total, orden.pagado) == ("concluida", bs("211740.00"), bs("211740.00"))
    assert [g.estado for g in garantias_de(sesion, orden.id)] == ["vigente"]
    siguiente = select(Convocatoria).where(col(Convocatoria.convocatoria_anterior_id) == largo)
    assert [c.estado for c in sesion.exec(siguiente)] == ["publicado"]
    assert (verificar_ordenes(sesion), verificar_decisiones(sesion)) == ([], [])
    assert verificar_impugnaciones(sesion) == []
