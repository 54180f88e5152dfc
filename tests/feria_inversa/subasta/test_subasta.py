"""An auction from the call to the evaluation: who takes part, how prices go down, what becomes of them."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from ciudadania.modelos import Notificacion
from empresa_digital.registro import Facultad, MontoExcedido, SinFacultad
from feria_inversa.actos import APERTURA, SUBASTA, acta_de_clase
from feria_inversa.contratos.consultas import lineas_de_orden, ordenes_de
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.datos_abiertos.ocds import contenido_de
from feria_inversa.entidades.errores import ConflictoDeInteres
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.consultas import comparar_grupos
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.ofertas.consultas import ofertas_abiertas
from feria_inversa.ofertas.errores import SobresCerrados
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.procesos.errores import EstadoNoPermite, FaltaMotivo, SubastaNoCorresponde
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import Clave, Reglas, vigentes
from feria_inversa.subasta.cancelar import cancelar_proceso
from feria_inversa.subasta.errores import (
    NoParticipa,
    PujaInsuficiente,
    PujaTardia,
    SinSubasta,
    SubastaSinEmpezar,
)
from feria_inversa.subasta.horario import cuando_empieza
from feria_inversa.subasta.modelos import Puja, Subasta
from feria_inversa.subasta.prorrogar import avisar_interrupcion
from feria_inversa.subasta.pujar import pujar
from feria_inversa.subasta.repartir import repartir
from feria_inversa.subasta.tareas import terminar_subastas
from feria_inversa.subasta.verificar import verificar_subastas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.modelos import Auditoria
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ZONA, ahora, fecha_bolivia
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import compilado
from tests.feria_inversa.subasta.ayudas import (
    ITEMS,
    MINUTO,
    Ofertas,
    abrir,
    en_subasta,
    fin,
    por_abrir,
    puja,
    sala,
    terminar,
    totales,
)

MOTIVO = "Se cortó la red de la entidad."


def estado(id_: UUID) -> str:
    with transaccion() as sesion:
        return sesion.get_one(Convocatoria, id_).estado


def bien() -> None:
    with transaccion() as sesion:
        assert (verificar_subastas(sesion), verificar_decisiones(sesion)) == ([], [])


def test_los_precios_bajan_y_el_ultimo_se_evalua(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    assert estado(id_) == "subasta"
    assert (totales(id_), totales(id_, 2)) == (["58000.00", "59000.00"], ["19000.00", "19500.00"])

    hecha = puja(feria.ana, id_, "57000.00")
    assert (hecha.total, hecha.numero, hecha.precios) == (bs("57000.00"), 1, [Decimal("570.0000")])
    assert totales(id_) == ["57000.00", "58000.00"]
    assert puja(feria.beto, id_, "56000.00").numero == 1
    assert puja(feria.ana, id_, "56400.00").numero == 2  # down by its own step, not below the best
    assert totales(id_) == ["56000.00", "56400.00"]
    terminar(reloj, id_)

    assert estado(id_) == "evaluacion"
    proceso = sesion.get_one(Convocatoria, id_)
    sillas, mesas = comparar_grupos(sesion, proceso)
    assert [(p.proveedor.id, p.total) for p in sillas.propuestas] == [
        (feria.beto.id, bs("56000.00")),
        (feria.ana.id, bs("56400.00")),
    ]
    assert [p.total for p in mesas.propuestas] == [bs("19000.00"), bs("19500.00")]
    linea = sillas.propuestas[0].lineas[0]
    assert (linea.precio_unitario, linea.precio_inicial, linea.total_inicial) == (
        bs("560.00"),
        bs("580.00"),
        bs("58000.00"),
    )
    sesion.rollback()
    decisiones = [
        DecisionEntrada(item_id=c.grupo.primero.id, oferta_id=c.propuestas[0].oferta.id)
        for c in (sillas, mesas)
    ]
    with transaccion() as otra:
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
    with transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, id_)
        assert verificar_ordenes(otra) == []
        ordenes = {o.proveedor_id: o for o in ordenes_de(otra, id_)}
        (ordenada,) = lineas_de_orden(otra, ordenes[feria.beto.id].id)
        assert (ordenada.precio_unitario, ordenada.total) == (bs("560.00"), bs("56000.00"))
    bien()


def test_una_puja_baja_al_menos_el_paso_de_la_suya(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    for total in ("58400.01", "59000.00", "99999.00"):
        with pytest.raises(PujaInsuficiente, match=r"Ofrezca Bs.58\.400,00 o menos"):
            puja(feria.ana, id_, total)
    with pytest.raises(PujaInsuficiente, match="quedaría sin precio"):
        puja(feria.ana, id_, "0.00")
    assert puja(feria.ana, id_, "58400.00").total == bs("58400.00")
    assert sesion.exec(select(Puja.numero).where(Puja.numero > 0)).all() == [1]
    assert puja(feria.ana, id_, "57000.00").numero == 2
    bien()


def test_la_misma_otra_vez_es_la_misma(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_, clave = en_subasta(feria, reloj), nuevo_id()
    una = puja(feria.ana, id_, "57000.00", clave=clave)
    assert puja(feria.ana, id_, "57000.00", clave=clave) == una
    asentadas = select(Auditoria.objeto_id).where(Auditoria.accion == "subasta.pujar")
    assert sesion.exec(asentadas).all() == [str(clave)]
    sesion.rollback()
    with pytest.raises(DatosInvalidos, match="identificador"):
        puja(feria.ana, id_, "56000.00", clave=clave)
    with pytest.raises(DatosInvalidos, match="identificador"):
        puja(feria.beto, id_, "57000.00", clave=clave)
    terminar(reloj, id_)
    assert puja(feria.ana, id_, "57000.00", clave=clave).hecha_en == una.hecha_en
    bien()


def test_una_puja_en_los_ultimos_minutos_la_alarga_una_vez(feria: Feria, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    termina = fin(id_)
    reloj.situar(termina - 6 * MINUTO)
    puja(feria.ana, id_, "58000.00")
    assert fin(id_) == termina
    reloj.situar(termina - MINUTO)
    assert puja(feria.ana, id_, "57000.00").termina_en == termina + 5 * MINUTO
    puja(feria.beto, id_, "57000.00")  # it is not among the last minutes any more
    assert (fin(id_), fin(id_, 2)) == (termina + 5 * MINUTO, termina)  # of what it is for
    reloj.situar(termina + MINUTO)
    with pytest.raises(PujaTardia):
        puja(feria.ana, id_, "18000.00", grupo=2)
    puja(feria.ana, id_, "56000.00")
    assert terminar_subastas() == 0
    terminar(reloj, id_)
    bien()


def test_antes_y_despues_de_su_hora_no_se_puja(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    reloj.situar(sala(id_).subasta.empieza_en - timedelta(seconds=5))
    with pytest.raises(SubastaSinEmpezar):
        puja(feria.ana, id_, "57000.00")
    reloj.situar(fin(id_))
    for _vez in range(2):  # at its end, and once the sweep came
        with pytest.raises(PujaTardia):
            puja(feria.ana, id_, "57000.00")
        assert terminar_subastas() in {0, 1}
    assert estado(id_) == "evaluacion"
    assert sesion.exec(select(Puja).where(Puja.numero > 0)).all() == []
    bien()


def test_quien_puede_pujar(feria: Feria, sesion: Session, reloj: Any) -> None:
    carla = feria.crear_parte("Taller Carla", limite="57500.00")
    ofertas: Ofertas = [
        (feria.ana, ["590.00", None]),
        (feria.beto, ["580.00", "1950.00"]),
        (carla, ["570.00", "1990.00"]),
    ]
    nadie = feria.crear_parte("Sin Oferta")
    with pytest.raises(MontoExcedido):  # her mandate: she bids for the chairs alone
        por_abrir(feria, reloj, ofertas)
    id_ = en_subasta(feria, reloj, [*ofertas[:2], (carla, ["570.00", None])])
    assert puja(carla, id_, "56000.00").total == bs("56000.00")
    for quien, grupo in ((nadie, 1), (feria.ana, 2), (feria.beto, 2), (feria.ana, 7)):
        with pytest.raises(NoParticipa):
            puja(quien, id_, "1000.00", grupo=grupo)
    with pytest.raises(SinFacultad), transaccion() as otra:
        pujar(otra, feria.beto.actor, id_, feria.ana.id, 1, bs("1000.00"))
    feria.mandato(feria.entidad.id, feria.ana.persona, Facultad.EVALUAR)
    with pytest.raises(ConflictoDeInteres):
        puja(feria.ana, id_, "56000.00")
    sin = feria.publicada().id
    with pytest.raises(SinSubasta):
        puja(feria.beto, sin, "1000.00")
    assert len(sesion.exec(select(Puja).where(Puja.numero > 0)).all()) == 1


def test_hasta_el_final_nadie_sabe_quien_es_quien(
    feria: Feria, sesion: Session, reloj: Any, cliente: Any
) -> None:
    id_ = en_subasta(feria, reloj)
    puja(feria.ana, id_, "57000.00")
    with pytest.raises(SobresCerrados):
        ofertas_abiertas(sesion, sesion.get_one(Convocatoria, id_))
    sesion.rollback()
    entregar_pendientes()
    publicas = (
        f"/feria/{id_}",
        f"/feria/{id_}/subasta",
        f"/api/v1/convocatorias/{id_}",
        f"/api/v1/convocatorias/{id_}/subasta",
        f"/ocds/releases/{sesion.get_one(Convocatoria, id_).ocid}",
        f"/feria/{id_}/papeles",
        f"/feria/{id_}/cronograma",
    )
    for direccion in publicas:
        respuesta = cliente.get(direccion)
        assert respuesta.status_code == 200, direccion
        assert "Cooperativa Ana" not in respuesta.text, direccion
        assert "Carpintería Beto" not in respuesta.text, direccion
    for cerrada in (f"/api/v1/convocatorias/{id_}/ofertas", f"/api/v1/convocatorias/{id_}/actas/1"):
        assert cliente.get(cerrada).status_code == 409
    assert cliente.get(f"/feria/{id_}/acta").status_code == 409
    vista = cliente.get(f"/api/v1/convocatorias/{id_}/subasta").json()
    assert (vista["estado"], vista["acta"]) == ("abierta", None)
    assert [p["total"]["monto"] for p in vista["grupos"][0]["posturas"]] == ["57000.00", "58000.00"]
    assert {p["proponente"] for p in vista["grupos"][0]["posturas"]} == {1, 2}
    # When an envelope was handed in would tell, to who knows it, whose it is.
    assert [p["hecha_en"] is None for p in vista["grupos"][0]["posturas"]] == [False, True]

    terminar(reloj, id_)
    for direccion in (f"/feria/{id_}", f"/feria/{id_}/subasta", f"/api/v1/convocatorias/{id_}/actas/2"):
        texto = cliente.get(direccion).text
        assert "Cooperativa Ana" in texto
        assert "Carpintería Beto" in texto
    assert cliente.get(f"/api/v1/convocatorias/{id_}/actas/1").status_code == 200
    vista = cliente.get(f"/api/v1/convocatorias/{id_}/subasta").json()
    assert all(p["hecha_en"] for g in vista["grupos"] for p in g["posturas"])


def test_el_acta_dice_todas_las_pujas(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    una, otra = puja(feria.ana, id_, "57000.00"), puja(feria.beto, id_, "56000.00")
    terminar(reloj, id_)
    acta = acta_de_clase(sesion, id_, SUBASTA)
    assert acta is not None
    dicho = json.loads(acta.contenido, parse_float=Decimal)
    quienes = {p["proponente"]: p["proveedor"] for p in dicho["proponentes"]}
    assert quienes == {una.proponente: "Cooperativa Ana", otra.proponente: "Carpintería Beto"}
    sillas = dicho["grupos"][0]
    assert [(p["proponente"], p["total"], p["precios"]) for p in sillas["pujas"]] == [
        (una.proponente, Decimal("57000.00"), ["570"]),
        (otra.proponente, Decimal("56000.00"), ["560"]),
    ]
    assert [p["hecha"] for p in sillas["pujas"]] == [
        h.hecha_en.astimezone(ZONA).isoformat() for h in (una, otra)
    ]
    assert [(p["lugar"], p["proponente"]) for p in sillas["final"]] == [
        (1, otra.proponente),
        (2, una.proponente),
    ]
    assert dicho["reglas"]["confirmado"] is False
    publicado = compilado(sesion, id_)
    assert publicado["tender"]["techniques"]["hasElectronicAuction"] is True
    assert publicado["tender"]["documents"][-1]["url"].endswith(f"/actas/{acta.numero}")
    assert sorted(o["value"]["amount"] for o in publicado["bids"]["details"]) == [75500, 76000]


def test_de_dos_totales_iguales_va_primero_el_que_se_dijo_antes(
    feria: Feria, sesion: Session, reloj: Any
) -> None:
    id_ = en_subasta(feria, reloj)
    puja(feria.beto, id_, "56000.00")
    puja(feria.ana, id_, "56000.00")  # Ana presented her envelope first
    terminar(reloj, id_)
    (sillas, _mesas) = comparar_grupos(sesion, sesion.get_one(Convocatoria, id_))
    assert [p.proveedor.id for p in sillas.propuestas] == [feria.beto.id, feria.ana.id]


def test_compite_lo_entero_que_no_supera_la_referencia(feria: Feria, sesion: Session, reloj: Any) -> None:
    carla = feria.crear_parte("Taller Carla")
    ofertas: Ofertas = [
        (feria.ana, ["590.00", "1900.00"]),
        (feria.beto, ["601.00", "1950.00"]),
        (carla, ["580.00", None]),
    ]
    id_ = en_subasta(feria, reloj, ofertas)
    assert (totales(id_), totales(id_, 2)) == (["58000.00", "59000.00"], ["19000.00", "19500.00"])
    terminar(reloj, id_)
    sillas, _mesas = comparar_grupos(sesion, sesion.get_one(Convocatoria, id_))
    assert len(sillas.propuestas) == 3  # the one above the reference is there, and may not win


NACEN = [
    ("feria_subasta", "duracion_min = 1"),
    ("feria_subasta", "extension_min = 0"),
    ("feria_subasta", "empieza_en = nucleo_ahora()"),
    ("feria_subasta_grupo", "paso = 1"),
    ("feria_subasta_grupo", "paso = paso + 1"),
    ("feria_subasta_grupo", "cantidades = ARRAY[1.0]"),
]


@pytest.mark.parametrize(("tabla", "cambio"), NACEN)
def test_una_subasta_nace_con_los_numeros_de_su_regla(
    feria: Feria, sesion: Session, reloj: Any, tabla: str, cambio: str
) -> None:
    """Whatever the opening would write: the database compares it with the rules of the process."""
    carla = feria.crear_parte("Taller Carla")
    id_ = por_abrir(feria, reloj, [(feria.ana, ["590.00", "1900.00"]), (carla, ["580.00", "1950.00"])])
    with feria.duenio.begin() as conexion:
        campo, valor = cambio.split(" = ")
        cuerpo = valor.replace("paso", "NEW.paso")
        conexion.execute(
            text(
                "CREATE FUNCTION a_prueba() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN NEW.{campo} := {cuerpo}; RETURN NEW; END $$"
            )
        )
        conexion.execute(
            text(f"CREATE TRIGGER a_prueba BEFORE INSERT ON {tabla} FOR EACH ROW EXECUTE FUNCTION a_prueba()")
        )
    try:
        with pytest.raises(DBAPIError, match="rule"):
            abrir(feria, id_)
    finally:
        with feria.duenio.begin() as conexion:
            conexion.execute(text("DROP FUNCTION a_prueba() CASCADE"))
    assert (estado(id_), sesion.get(Subasta, id_)) == ("publicado", None)


def test_verify_dice_quien_debia_competir(feria: Feria, sesion: Session, reloj: Any) -> None:
    carla = feria.crear_parte("Taller Carla")
    precios = ["590.00", "1900.00"]
    id_ = en_subasta(feria, reloj, [(feria.ana, precios), (feria.beto, precios), (carla, precios)])
    bien()
    with feria.duenio.begin() as conexion:
        for tabla in ("feria_puja", "feria_subasta_participante"):
            conexion.execute(text(f"ALTER TABLE {tabla} DISABLE TRIGGER USER"))
        uno = "SELECT id FROM feria_subasta_participante WHERE grupo = 2 ORDER BY id LIMIT 1"
        conexion.execute(text(f"DELETE FROM feria_puja WHERE participante_id IN ({uno})"))
        conexion.execute(text(f"DELETE FROM feria_subasta_participante WHERE id IN ({uno})"))
        for tabla in ("feria_puja", "feria_subasta_participante"):
            conexion.execute(text(f"ALTER TABLE {tabla} ENABLE TRIGGER USER"))
    cuce = sesion.get_one(Convocatoria, id_).cuce
    assert verificar_subastas(sesion) == [
        f"en la subasta de {cuce} no compiten todas las ofertas que valen por el ítem 2"
    ]


def test_quien_no_compite_lo_sabe_y_por_que(
    feria: Feria, sesion: Session, reloj: Any, sesion_web: Any
) -> None:
    """By notice and on the page, each of their own bid alone."""
    carla, dora = feria.crear_parte("Taller Carla"), feria.crear_parte("Taller Dora")
    items = [*ITEMS, item("Estante", "10", "1000.00")]
    ofertas: Ofertas = [
        (feria.ana, ["590.00", "1900.00", "900.00"]),
        (feria.beto, ["580.00", "1950.00", None]),
        (carla, ["601.00", "1800.00", None]),
        (dora, ["570.00", None, None]),
    ]
    id_ = por_abrir(feria, reloj, ofertas, items)
    with feria.duenio.begin() as conexion:
        quita = "UPDATE registro_habilitacion SET estado = 'suspendida', motivo = 'x' WHERE unidad_id = :id"
        conexion.execute(text(quita), {"id": dora.id})
    abrir(feria, id_)
    reloj.situar(sala(id_).subasta.empieza_en + timedelta(seconds=1))
    entregar_pendientes()
    dichos = {
        parte.id: sesion.exec(
            select(Notificacion.cuerpo).where(
                Notificacion.unidad_id == parte.id, col(Notificacion.asunto).startswith("Se abrieron")
            )
        ).first()
        for parte in (feria.ana, feria.beto, carla, dora)
    }
    fin_de = {
        feria.ana.id: "Compite por: Ítem 1, Ítem 2."
        " No compite por: Ítem 3 (no se subasta, nadie más compite).",
        feria.beto.id: "Compite por: Ítem 1, Ítem 2.",
        carla.id: "Compite por: Ítem 2. No compite por: Ítem 1 (su total supera la referencia).",
        dora.id: "No compite por: Ítem 1 (en la apertura no podía contratar con el Estado).",
    }
    for unidad_id, dicho in fin_de.items():
        assert str(dichos[unidad_id]).endswith(f"se sabe cuando termine. {dicho}")
    pagina = f"/feria/{id_}/subasta"
    assert (
        "No compite por: Ítem 1 (su total supera la referencia)."
        in sesion_web(carla.persona).get(pagina).text
    )
    assert "No compite" not in sesion_web(feria.beto.persona).get(pagina).text
    with pytest.raises(NoParticipa, match="podía contratar"):
        puja(carla, id_, "50000.00")


@pytest.mark.parametrize("precios", [[["590.00", None], [None, "1900.00"]], [["590.00", "1900.00"]], []])
def test_sin_competencia_no_hay_subasta(feria: Feria, sesion: Session, reloj: Any, precios: Any) -> None:
    partes = [feria.ana, feria.beto]
    id_ = por_abrir(feria, reloj, [(partes[n], p) for n, p in enumerate(precios)])
    abrir(feria, id_)
    assert estado(id_) == "evaluacion"
    assert sesion.get(Subasta, id_) is None
    acta = acta_de_clase(sesion, id_, APERTURA)
    assert acta is not None
    bien()


def test_por_el_total_baja_cada_item_en_la_misma_proporcion(
    feria: Feria, sesion: Session, reloj: Any
) -> None:
    id_ = en_subasta(feria, reloj, adjudica_por="total")
    assert totales(id_) == ["77500.00", "78000.00"]
    hecha = puja(feria.ana, id_, "70000.00")
    assert hecha.total == bs("70000.00")
    assert hecha.precios == [Decimal("529.4872"), Decimal("1705.1282")]
    terminar(reloj, id_)
    lineas = sesion.exec(select(OfertaLinea).where(OfertaLinea.total_inicial == bs("59000.00"))).all()
    assert [linea.precio_unitario.amount for linea in lineas] == [Decimal("529.4872")]
    bien()


def test_por_lote(feria: Feria, reloj: Any) -> None:
    items = [
        item("Silla", "100", "500.00", lote=1),
        item("Mesa", "10", "1000.00", lote=1),
        item("Estante", "10", "1000.00", lote=2),
    ]
    ofertas: Ofertas = [(feria.ana, ["490.00", "900.00", "900.00"]), (feria.beto, ["480.00", "990.00", None])]
    id_ = en_subasta(feria, reloj, ofertas, items, adjudica_por="lote", lotes=["Muebles", "Estantes"])
    assert [s.numero for s in sala(id_).subastados] == [1]  # of the shelves there is one bid
    puja(feria.ana, id_, "50000.00")
    terminar(reloj, id_)
    bien()


def test_una_interrupcion_prorroga_con_un_aviso_publico(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    termina = fin(id_)

    def avisa(cuando: datetime, motivo: str = MOTIVO, actor: Any = None) -> None:
        with transaccion() as otra:
            avisar_interrupcion(otra, actor or feria.entidad.actor, id_, cuando, motivo)

    with pytest.raises(FaltaMotivo):
        avisa(termina + 60 * MINUTO, "Corto")
    for cuando in (termina, termina - MINUTO, ahora() + timedelta(days=11)):
        with pytest.raises(DatosInvalidos):
            avisa(cuando)
    with pytest.raises(SinFacultad):
        avisa(termina + 60 * MINUTO, actor=feria.ana.actor)
    assert fin(id_) == termina
    avisa(termina + 60 * MINUTO)
    assert (fin(id_), fin(id_, 2)) == (termina + 60 * MINUTO, termina + 60 * MINUTO)
    aviso = acta_de_clase(sesion, id_, "interrupcion")
    assert aviso is not None
    assert json.loads(aviso.contenido)["motivo"] == MOTIVO
    reloj.situar(termina + MINUTO)
    puja(feria.ana, id_, "57000.00")
    entregar_pendientes()
    asuntos = sesion.exec(select(Notificacion.asunto).where(Notificacion.unidad_id == feria.ana.id)).all()
    assert any("termina más tarde" in asunto for asunto in asuntos)
    sesion.rollback()
    terminar(reloj, id_)
    with pytest.raises(EstadoNoPermite):
        avisa(ahora() + 60 * MINUTO)
    bien()


def test_un_aviso_dice_solo_lo_que_mueve(feria: Feria, sesion: Session, reloj: Any, cliente: Any) -> None:
    id_ = en_subasta(feria, reloj)
    termina = fin(id_)
    reloj.situar(termina - MINUTO)
    puja(feria.ana, id_, "57000.00")  # the chairs end five minutes later
    with transaccion() as otra:
        acta = avisar_interrupcion(otra, feria.entidad.actor, id_, termina + 3 * MINUTO, MOTIVO)
        numero, dicho = acta.numero, json.loads(acta.contenido)
    assert dicho["terminaba"] == [{"item": 2, "termina": termina.astimezone(ZONA).isoformat()}]
    assert (fin(id_), fin(id_, 2)) == (termina + 5 * MINUTO, termina + 3 * MINUTO)
    entregar_pendientes()
    cuerpo = sesion.exec(
        select(Notificacion.cuerpo).where(
            Notificacion.unidad_id == feria.ana.id, col(Notificacion.asunto).contains("termina más tarde")
        )
    ).one()
    assert ": Ítem 2. El aviso" in cuerpo
    direccion = f"/api/v1/convocatorias/{id_}"
    assert [a["acta"] for a in cliente.get(f"{direccion}/subasta").json()["avisos"]] == [numero]
    documentos = contenido_de(sesion, sesion.get_one(Convocatoria, id_))["tender"]["documents"]
    assert documentos[-1]["title"] == f"Interrupción de la subasta, acta {numero}"
    assert documentos[-1]["url"].endswith(f"{direccion}/actas/{numero}")
    assert cliente.get(f"{direccion}/actas/{numero}").status_code == 200


def test_se_cancela_en_plena_subasta(feria: Feria, sesion: Session, reloj: Any, cliente: Any) -> None:
    id_ = en_subasta(feria, reloj)
    puja(feria.ana, id_, "57000.00")
    with transaccion() as otra:
        cancelar_proceso(otra, feria.entidad.actor, id_, "Ya no hace falta comprarlo.")
    with pytest.raises(PujaTardia):
        puja(feria.ana, id_, "56000.00")
    assert terminar_subastas() == 0
    assert sesion.exec(select(OfertaLinea).where(col(OfertaLinea.subastada_en).is_not(None))).all() == []
    vista = cliente.get(f"/api/v1/convocatorias/{id_}/subasta").json()
    pagina = cliente.get(f"/feria/{id_}/subasta").text
    assert (vista["estado"], ">Cancelada<" in pagina, ">Terminada<" in pagina) == ("cancelada", True, False)
    terminada = sesion.get_one(Subasta, id_).terminada_en
    assert terminada is not None
    assert terminada < fin(id_)
    assert f"Terminó el {filtro_fecha_hora(terminada)}." in pagina
    bien()


def test_quien_actua_por_un_oferente_no_la_cancela(feria: Feria, reloj: Any) -> None:
    """After the auction they have ceased; while it lasts they might end what they are about to lose."""
    id_ = en_subasta(feria, reloj)
    feria.mandato(feria.ana.id, feria.entidad.persona, Facultad.OFERTAR)
    with pytest.raises(ConflictoDeInteres), transaccion() as otra:
        cancelar_proceso(otra, feria.entidad.actor, id_, "Ya no hace falta comprarlo.")
    assert estado(id_) == "subasta"


@pytest.mark.parametrize(
    ("campos", "falta"),
    [
        ({"categoria": "obras"}, "Solo se subastan bienes y servicios"),
        ({"categoria": "consultoria"}, "Solo se subastan bienes y servicios"),
        ({"metodo": "menor_costo", "puntos_tecnica": 50}, "gana el precio más bajo"),
        ({"metodo": "calidad", "puntos_tecnica": 50}, "gana el precio más bajo"),
    ],
)
def test_solo_se_subasta_lo_que_la_norma_dice(feria: Feria, campos: dict[str, Any], falta: str) -> None:
    with pytest.raises(DatosInvalidos, match=falta):
        feria.borrador(ITEMS, subasta=True, **campos)


def test_una_compra_menor_no_lleva_subasta(feria: Feria, sesion: Session) -> None:
    with pytest.raises(SubastaNoCorresponde):
        feria.publicada(items=[item("Silla", "10", "100.00")], subasta=True)
    id_ = feria.publicada(items=ITEMS, dias=15).id
    reglas = sesion.get_one(Convocatoria, id_).reglas
    assert reglas is not None
    assert not [clave for clave in reglas["valores"] if clave.startswith("subasta")]


def test_calidad_y_costo_tambien_se_subasta(feria: Feria, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj, metodo="calidad_y_costo", puntos_tecnica=60, minimo_tecnica=30)
    puja(feria.ana, id_, "57000.00")
    terminar(reloj, id_)
    assert estado(id_) == "evaluacion"


@pytest.mark.parametrize(
    ("lineas", "total", "precios"),
    [
        ([("100", "600")], "57000.00", ["570"]),
        ([("3", "33.3333")], "99.00", ["32.9999"]),
        ([("7", "10"), ("13", "3.3333")], "100.00", ["8.823", "2.9415"]),
        ([("120", "345")], "39500.00", ["329.1667"]),
        ([("1000000", "0.5"), ("1", "200")], "494999.00", ["0.4948", "199"]),
        ([("1000000", "0.5"), ("1", "200")], "494700.00", ["0.4945", "200"]),
        ([("1000000", "0.0002")], "100.00", ["0.0001"]),
        ([("1000000", "0.0002")], "199.00", ["0.0001"]),
        ([("1000000", "0.0001")], "99.99", None),
        ([("2", "10")], "25.00", ["10"]),
    ],
)
def test_el_total_se_reparte_sin_pasarse(
    lineas: list[tuple[str, str]], total: str, precios: list[str] | None
) -> None:
    hecho = repartir([(Decimal(c), Decimal(p)) for c, p in lineas], bs(total))
    assert (hecho and hecho.precios) == (None if precios is None else [Decimal(p) for p in precios])


def test_nadie_queda_obligado_a_mucho_menos_de_lo_que_pidio(
    feria: Feria, sesion: Session, reloj: Any
) -> None:
    items = [item("Hoja impresa", "1000000", "0.60")]
    id_ = en_subasta(feria, reloj, [(feria.ana, ["0.5000"]), (feria.beto, ["0.5500"])], items)
    with pytest.raises(DatosInvalidos, match=r"lo más cercano, sin pasarse, es Bs.490\.900,00") as negada:
        puja(feria.ana, id_, "490999.00")
    assert negada.value.campos == {"total": str(negada.value)}
    with pytest.raises(PujaInsuficiente, match="o menos: cada puja baja"):
        puja(feria.ana, id_, "999999.00")  # above what they have said already
    assert totales(id_) == ["500000.00", "550000.00"]
    assert puja(feria.ana, id_, "490900.00").total == bs("490900.00")
    assert puja(feria.ana, id_, "480001.00").total == bs("480000.00")


@pytest.mark.parametrize(
    ("abre", "empieza"),
    [
        ("2026-03-02T10:00:30", "2026-03-02T11:01:00"),
        ("2026-03-02T05:00:00", "2026-03-02T08:30:00"),
        ("2026-03-02T17:20:00", "2026-03-03T08:30:00"),  # it would not fit in the day
        ("2026-03-06T23:59:59", "2026-03-09T08:30:00"),  # nor on a Saturday
    ],
)
def test_empieza_en_horas_de_oficina(
    feria_con_calendario: Feria, sesion: Session, abre: str, empieza: str
) -> None:
    instante = datetime.fromisoformat(abre).replace(tzinfo=ZONA).astimezone(UTC)
    reglas: Reglas = next(
        r for r in vigentes(sesion, fecha_bolivia(instante), "NB-SABS").values() if r.codigo == "ANPE"
    )
    assert reglas.subasta is not None
    assert (reglas.subasta.duracion_min, reglas.subasta.espera_min) == (30, 60)
    assert reglas.horario == (510, 1110)
    assert reglas.exige(Clave.ACTOS_HABILES)
    hecho = cuando_empieza(sesion, reglas, instante, "010101", 30)
    assert hecho.astimezone(ZONA).replace(tzinfo=None) == datetime.fromisoformat(empieza)
