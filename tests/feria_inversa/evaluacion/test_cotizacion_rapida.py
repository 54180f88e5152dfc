"""Quick quotation: from the opening to the decision nothing that anybody reads tells whose a bid is."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from empresa_digital.registro import Facultad, unidad_por_id, unidades_en_lote
from empresa_digital.registro.inscripcion import suspender
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.designaciones.excusas import recusar
from feria_inversa.designaciones.presentar import papeles_de
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.tareas import decidir_items
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.llaves import llave_de
from feria_inversa.ofertas.catalogo import _sugerida
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.verificar import verificar_selladas
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.convocatorias import cancelar_convocatoria, publicar_convocatoria
from feria_inversa.procesos.documentos import pedir_documentos
from feria_inversa.procesos.esquemas import PedidoEntrada
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import ITEMS, Feria, item, linea
from tests.feria_inversa.datos_abiertos.ayudas import publicar_todo
from tests.feria_inversa.designaciones.ayudas import MOTIVO, en_proceso
from tests.feria_inversa.expediente.test_actos import Api, huella
from tests.feria_inversa.llaves.ayudas import resguardo

API = "/api/v1/convocatorias"
SUYAS = ("", "/calificacion", "/mesa", "/papeles")
DECIDIDA = "Elegida por precio y plazo."


@pytest.fixture
def api(cliente: Any, token_de: Callable[..., str]) -> Api:
    return Api(cliente, token_de)


def cotizada(feria: Feria, reloj: Any) -> tuple[UUID, dict[str, UUID]]:
    """A quick quotation, opened, with Ana's bid and Beto's."""
    id_ = feria.publicada(cotizacion_rapida=True).id
    ofertas = {
        "ana": feria.ofertar(feria.ana, id_, ["400", "700"]),
        "beto": feria.ofertar(feria.beto, id_, ["410", "690"]),
    }
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_, ofertas


def de_quien_es(feria: Feria) -> list[str]:
    """Whatever tells who bid."""
    with transaccion() as sesion:
        suyas = unidades_en_lote(sesion, [feria.ana.id, feria.beto.id]).values()
    dicho = [str(dato) for u in suyas for dato in (u.id, u.numero, u.denominacion)]
    return [*dicho, "2000001", feria.ana.actor.nombre, feria.beto.actor.nombre]


def rotulados(sesion: Session, ofertas: dict[str, UUID]) -> dict[str, str]:
    """The label of each one's bid: by the fingerprints."""
    por_huella = sorted(ofertas, key=lambda quien: sesion.get_one(Oferta, ofertas[quien]).huella)
    return {quien: f"Oferta {n}" for n, quien in enumerate(por_huella, start=1)}


def lo_publico(
    feria: Feria, id_: UUID, cliente: TestClient, api: Api, sesion_web: Any, suyas: tuple[str, ...] = SUYAS
) -> dict[str, str]:
    """Everything that tells of the bids, to anybody, to who decides and to a rival."""
    publicar_todo()
    entidad, rival = sesion_web(feria.entidad.persona), sesion_web(feria.crear_parte("Rival Rosa").persona)
    ocid = api("GET", f"{API}/{id_}", None).json()["ocid"]
    paginas = {
        f"{quien} {ruta}": navegador.get(ruta)
        for quien, navegador in (("nadie", cliente), ("rival", rival), ("entidad", entidad))
        for ruta in (f"/feria/{id_}", f"/feria/{id_}/acta", f"/feria/{id_}/papeles")
    }
    paginas |= {ruta: entidad.get(f"/compras/{id_}{ruta}") for ruta in suyas}
    paginas |= {
        ruta: api("GET", ruta, feria.entidad)
        for ruta in (f"{API}/{id_}", f"{API}/{id_}/ofertas", f"{API}/{id_}/actas/1", f"/ocds/records/{ocid}")
    }
    paginas["releases"] = cliente.get("/ocds/releases.json?limite=100")
    assert {ruta for ruta, hecha in paginas.items() if hecha.status_code != 200} == set()
    return {ruta: hecha.text for ruta, hecha in paginas.items()}


def test_nada_dice_de_quien_es_hasta_la_decision(
    feria: Feria, sesion: Session, reloj: Any, cliente: TestClient, api: Api, sesion_web: Any
) -> None:
    """The whole way, by HTTP: what is read before the decision, the decision, and what is read after it."""
    id_, ofertas = cotizada(feria, reloj)
    dicen = rotulados(sesion, ofertas)
    antes = lo_publico(feria, id_, cliente, api, sesion_web)
    callan = de_quien_es(feria)
    assert {(ruta, dato) for ruta, dicho in antes.items() for dato in callan if dato in dicho} == set()
    for ruta in ("nadie /feria/" + str(id_), "", f"{API}/{id_}/actas/1"):
        assert all(rotulo in antes[ruta] for rotulo in ("Oferta 1", "Oferta 2")), ruta
    assert re.search(r"de 20\d\d, \d\d:\d\d", antes["/calificacion"]) is None  # nor when each was presented
    una, otra = json.loads(antes[f"{API}/{id_}/ofertas"])["datos"]
    assert [una["rotulo"], otra["rotulo"]] == ["Oferta 1", "Oferta 2"]
    assert {una["id"], otra["id"]} == {str(oferta) for oferta in ofertas.values()}
    assert {oferta.version for oferta in ofertas.values()} == {4}  # those of version 7 tell when
    assert {una[campo] for campo in ("unidad_id", "intento", "presentada_en", "proveedor")} == {None}
    record = json.loads(antes[f"/ocds/records/{api('GET', f'{API}/{id_}', None).json()['ocid']}"])
    licitacion = record["records"][0]["compiledRelease"]["tender"]
    assert (licitacion["numberOfTenderers"], "tenderers" in licitacion) == (2, False)
    entregar_pendientes()
    dicho = text(
        "SELECT unidad_id, cuerpo FROM ciudadania_notificacion"
        " WHERE unidad_id = ANY(:suyas) AND asunto ~ '^Se abrieron'"
    )
    suyas = {"suyas": [feria.ana.id, feria.beto.id]}
    avisos = {fila.unidad_id: fila.cuerpo for fila in sesion.connection().execute(dicho, suyas)}
    se_abrieron = (
        "Se abrieron 2 ofertas. De quién es cada una se sabe con la decisión. La suya se llama «{}»."
    )
    assert avisos == {
        feria.ana.id: se_abrieron.format(dicen["ana"]),
        feria.beto.id: se_abrieron.format(dicen["beto"]),
    }

    entidad = sesion_web(feria.entidad.persona)
    decide = {f"decisiones.{n}.oferta_id": str(ofertas[q]) for n, q in ((1, "beto"), (2, "beto"))}
    decide["decisiones.1.motivo"] = DECIDIDA
    assert entidad.post(f"/compras/{id_}/adjudicacion", data=decide).status_code == 303
    primero, segundo = feria.items(id_)
    decision = api("GET", f"{API}/{id_}/actas/2", None).json()
    assert [(d["item_id"], d["oferta"], d["total"], d["motivo"]) for d in decision["decisiones"]] == [
        (str(primero.id), dicen["beto"], 16400.0, DECIDIDA),
        (str(segundo.id), dicen["beto"], 4140.0, ""),
    ]
    assert [dato for dato in callan if dato in json.dumps(decision, ensure_ascii=False)] == []
    nombres = api("GET", f"{API}/{id_}/actas/3", None).json()
    assert (decision["clase"], nombres["clase"]) == ("decision", "nombres")
    assert {o["proveedor"]: (o["oferta"], o["oferta_id"]) for o in nombres["ofertas"]} == {
        "Cooperativa Ana": (dicen["ana"], str(ofertas["ana"])),
        "Carpintería Beto": (dicen["beto"], str(ofertas["beto"])),
    }
    despues = lo_publico(feria, id_, cliente, api, sesion_web, ("",))
    for ruta in (f"nadie /feria/{id_}", "", f"{API}/{id_}/ofertas", "releases"):
        assert "Carpintería Beto" in despues[ruta], ruta
    assert "Lo dice el acta 3" in despues[f"nadie /feria/{id_}/acta"]
    assert "Se decidió sin ver los nombres." in despues[f"nadie /feria/{id_}"]
    with transaccion() as otra_sesion:
        assert verificar_decisiones(otra_sesion) == []


def test_la_base_no_deja_decidir_de_un_nombre(feria: Feria, reloj: Any, sesion: Session) -> None:
    id_, ofertas = cotizada(feria, reloj)
    primero = feria.items(id_)[0].id
    numero = unidad_por_id(sesion, feria.ana.id).numero
    acta = (
        "INSERT INTO feria_acta (id, convocatoria_id, numero, clase, contenido, huella, hecha_en, hecha_por)"
        " SELECT gen_random_uuid(), :id, 9, :clase, :dicho,"
        " encode(sha256(convert_to(:dicho, 'UTF8')), 'hex'), now(), 'alguien'"
    )
    adjudica = (
        "INSERT INTO feria_adjudicacion (id, convocatoria_id, item_id, resultado, oferta_linea_id,"
        " proveedor_id, total, es_menor_precio, motivo, decidida_en, decidida_por)"
        " SELECT gen_random_uuid(), l.convocatoria_id, l.item_id, 'adjudicado', l.id, o.unidad_id, l.total,"
        " true, '', nucleo_ahora(), 'alguien' FROM feria_oferta_linea l"
        " JOIN feria_oferta o ON o.id = l.oferta_id"
        " WHERE l.item_id = :item AND o.id = :oferta"
    )
    de_beto = json.dumps({"decisiones": [{"item_id": str(primero), "oferta_id": str(ofertas["beto"])}]})
    actas = [
        ("nombres", "{}", "an act is written when it is done"),
        ("evaluacion", json.dumps({"registro": numero}), "an act tells who bid"),
        ("decision", json.dumps({"oferta": str(feria.beto.id)}), "an act tells who bid"),
    ]
    sesion.rollback()
    for clase, dicho, negado in actas:
        with pytest.raises(DBAPIError, match=negado):
            sesion.connection().execute(text(acta), {"id": id_, "clase": clase, "dicho": dicho})
        sesion.rollback()
    for previa in ((), (("decision", de_beto),)):  # nothing decided, or another bid
        for clase, dicho in previa:
            sesion.connection().execute(text(acta), {"id": id_, "clase": clase, "dicho": dicho})
        with pytest.raises(DBAPIError, match="was not decided of a label"):
            sesion.connection().execute(text(adjudica), {"item": primero, "oferta": ofertas["ana"]})
        sesion.rollback()


def test_lo_que_nadie_decide_y_lo_que_se_cancela(
    feria: Feria, reloj: Any, sesion: Session, cliente: TestClient, api: Api, sesion_web: Any
) -> None:
    """By the clock names are told, with what was decided; cancelled undecided, never."""
    cancelada, _ofertas = cotizada(feria, reloj)
    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, cancelada, "Ya no hace falta comprarlo.")
    callan = de_quien_es(feria)
    publicar_todo()
    for dicho in (
        cliente.get(f"/feria/{cancelada}").text,
        api("GET", f"{API}/{cancelada}/ofertas", None).text,
        cliente.get("/ocds/releases.json?limite=100").text,
    ):
        assert [dato for dato in callan if dato in dicho] == []
    vencida, _ofertas = cotizada(feria, reloj)
    reloj.adelantar(timedelta(days=120))
    decidir_items()
    actas = text("SELECT clase FROM feria_acta WHERE convocatoria_id = :id ORDER BY numero")
    clases = sesion.connection().execute(actas, {"id": vencida}).scalars().all()
    assert clases == ["apertura", "decision", "nombres", "adjudicacion"]
    assert [i.estado for i in feria.items(vencida)] == ["desierto", "desierto"]


def test_que_procesos_pueden_serlo(feria: Feria, sesion: Session) -> None:
    caro = [item("Aula prefabricada", "1", "50000.01")]
    antes = huella(sesion)
    with pytest.raises(DatosInvalidos, match="gana el precio más bajo, sin subasta"):
        feria.borrador(cotizacion_rapida=True, metodo="calidad", puntos_tecnica=100, minimo_tecnica=60)
    with pytest.raises(DatosInvalidos, match="gana el precio más bajo, sin subasta"):
        feria.borrador(cotizacion_rapida=True, subasta=True)
    assert huella(sesion) == antes
    with pytest.raises(DatosInvalidos, match="no admite la cotización rápida"):
        feria.publicada(cotizacion_rapida=True, items=caro)
    con_documento = feria.borrador(cotizacion_rapida=True)
    with transaccion() as otra:
        pedido = PedidoEntrada(nombre="Ficha técnica", subsanable=True)
        pedir_documentos(otra, feria.entidad.actor, con_documento.id, [pedido])
    with pytest.raises(DatosInvalidos, match="no pida ninguno"), transaccion() as otra:
        publicar_convocatoria(otra, feria.entidad.actor, con_documento.id, ahora() + timedelta(days=5))
    regla = text("SELECT reglas #> '{valores,cotizacion_rapida}' FROM feria_convocatoria WHERE id = :id")
    comun, rapida = feria.publicada().id, feria.publicada(cotizacion_rapida=True).id
    assert sesion.connection().execute(regla, {"id": comun}).scalar_one() is None
    assert sesion.connection().execute(regla, {"id": rapida}).scalar_one()["valor"] == 1


def test_con_depositarios_tampoco_se_sella(feria: Feria, sesion: Session) -> None:
    """The act of sealed bids publishes their text: it has no key, and `verify` does not miss one."""
    resguardo(feria)
    rapida, comun = feria.publicada(cotizacion_rapida=True).id, feria.publicada().id
    assert [llave_de(sesion, id_) is None for id_ in (rapida, comun)] == [True, False]
    assert verificar_selladas(sesion) == []


@pytest.mark.parametrize(
    ("marca", "detalle"),
    [
        ("COOPERATIVA  ANA", ""),
        ("Artesanal", "Es de la cooperativa Ana, de Sucre"),
        ("Artesanal", "Fotos en https://ejemplo.bo/puertas"),
        ("Artesanal", "Llame al 7000-0000"),
        ("Artesanal", "Llame al 61234567, de mi hermana"),
    ],
)
def test_la_oferta_no_dice_de_quien_es(
    feria: Feria, sesion: Session, api: Api, marca: str, detalle: str
) -> None:
    id_ = feria.publicada(cotizacion_rapida=True, items=ITEMS[:1]).id
    dicha = linea(feria.items(id_)[0].id, "400").model_dump(mode="json") | {
        "marca": marca,
        "detalle": detalle,
    }
    antes = huella(sesion)
    negada = api(
        "POST", f"{API}/{id_}/ofertas", feria.ana, {"unidad_id": str(feria.ana.id), "lineas": [dicha]}
    )
    campo = "lineas.0.detalle" if detalle else "lineas.0.marca"
    assert (negada.status_code, list(negada.json()["campos"])) == (422, [campo])
    assert huella(sesion) == antes


def test_tampoco_dice_de_otra(feria: Feria, sesion: Session, api: Api) -> None:
    """The number of another unit, its own id, or a way to reach it that its registration does not have."""
    id_ = feria.publicada(cotizacion_rapida=True, items=ITEMS[:1]).id
    de_beto = unidad_por_id(sesion, feria.beto.id).numero
    dicha = linea(feria.items(id_)[0].id, "400").model_dump(mode="json")
    antes = huella(sesion)
    for detalle in (
        f"Mejor que {de_beto}",
        f"Ref. {feria.ana.id}",
        "ventas@ejemplo.com.bo",
        "ejemplo.com/mesas",
    ):
        cuerpo = {"unidad_id": str(feria.ana.id), "lineas": [dicha | {"detalle": detalle}]}
        negada = api("POST", f"{API}/{id_}/ofertas", feria.ana, cuerpo)
        assert (negada.status_code, list(negada.json()["campos"])) == (422, ["lineas.0.detalle"]), detalle
    assert huella(sesion) == antes


def test_el_numero_de_quien_oferta_en_un_texto_no_cierra_los_sobres(
    feria: Feria, reloj: Any, sesion: Session, api: Api
) -> None:
    """Nor tells, by a refusal, that it is of who bid."""
    numero = unidad_por_id(sesion, feria.beto.id).numero
    id_ = feria.publicada(cotizacion_rapida=True, items=[item(f"Mesa como la de {numero}", "4", "450.00")]).id
    oferta = feria.ofertar(feria.beto, id_, ["400"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    motivo = f"No se sabe si es de {numero}."
    desierto = {"item_id": str(feria.items(id_)[0].id), "oferta_id": None, "causa": "otra", "motivo": motivo}
    negada = api("POST", f"{API}/{id_}/adjudicacion", feria.entidad, {"decisiones": [desierto]})
    assert negada.status_code == 200, negada.text
    clases = text("SELECT clase FROM feria_acta WHERE convocatoria_id = :id ORDER BY numero")
    actas = sesion.connection().execute(clases, {"id": id_}).scalars().all()
    assert actas == ["apertura", "decision", "nombres", "adjudicacion"]
    assert api("GET", f"{API}/{id_}/actas/3", None).json()["ofertas"][0]["oferta_id"] == str(oferta)


def test_de_dos_iguales_no_se_dice_cuando_llegaron(
    feria: Feria, reloj: Any, sesion: Session, cliente: TestClient, api: Api, sesion_web: Any
) -> None:
    id_ = feria.publicada(cotizacion_rapida=True, items=ITEMS[:1]).id
    ofertas = {
        "ana": feria.ofertar(feria.ana, id_, ["400"]),
        "beto": feria.ofertar(feria.beto, id_, ["400"]),
    }
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    de_ana = rotulados(sesion, ofertas)["ana"]
    empate = f"Empatan 2 ofertas: va antes la {de_ana}, que se presentó primero."
    assert empate in cliente.get(f"/feria/{id_}").text
    assert empate in sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    elegida = {"item_id": str(feria.items(id_)[0].id), "oferta_id": str(ofertas["ana"]), "motivo": ""}
    assert (
        api("POST", f"{API}/{id_}/adjudicacion", feria.entidad, {"decisiones": [elegida]}).status_code == 200
    )
    assert api("GET", f"{API}/{id_}/actas/2", None).json()["decisiones"][0]["motivo"] == empate


def test_mandar_el_formulario_de_otro_no_dice_de_quien_es(feria: Feria, reloj: Any, sesion_web: Any) -> None:
    """The ids of the bids are public: whoever tries one with each unit learns nothing."""
    id_, ofertas = cotizada(feria, reloj)
    rival = feria.crear_parte("Rival Rosa")
    for quien in (sesion_web(rival.persona), sesion_web(feria.entidad.persona)):
        hechas = [
            quien.post(
                f"/feria/{id_}/ofertar",
                data={"_id": str(ofertas["ana"]), "unidad_id": str(unidad)},
                follow_redirects=False,
            )
            for unidad in (feria.ana.id, feria.beto.id, rival.id)
        ]
        assert len({(hecha.status_code, hecha.headers.get("location")) for hecha in hechas}) == 1
    otra_vez = sesion_web(feria.ana.persona).post(
        f"/feria/{id_}/ofertar",
        data={"_id": str(ofertas["ana"]), "unidad_id": str(feria.ana.id)},
        follow_redirects=False,
    )
    assert (otra_vez.status_code, otra_vez.headers["location"]) == (303, f"/ofertas/{ofertas['ana']}")


def test_la_pagina_no_pone_la_hora_en_el_identificador(feria: Feria, sesion_web: Any) -> None:
    pagina = sesion_web(feria.ana.persona).get(f"/feria/{feria.publicada(cotizacion_rapida=True).id}/ofertar")
    hallado = re.search(r'/ofertar".*?name="_id" value="([^"]+)"', pagina.text, re.DOTALL)
    assert hallado is not None
    assert UUID(hallado[1]).version == 4


def test_lo_que_llena_el_catalogo_no_lo_dice(feria: Feria, sesion: Session) -> None:
    unidad = unidad_por_id(sesion, feria.ana.id)
    producto: Any = type("P", (), {"id": unidad.id, "unidad_medida": "pieza", "titulo": "Silla de pino"})()
    producto.descripcion, producto.origen, producto.precio = "Con respaldo.", "", bs("80")
    dicha = _sugerida(unidad, producto, "pieza", anonima=True)
    assert dicha.campos == {
        "precio_unitario": "80",
        "marca": "Sin marca",
        "detalle": "Silla de pino. Con respaldo.",
    }


def test_quien_recusa_no_se_nombra(
    feria: Feria, reloj: Any, sesion: Session, crear_persona: Callable[..., Any]
) -> None:
    id_, _ofertas = cotizada(feria, reloj)
    evalua = crear_persona("Elsa")
    feria.mandato(feria.entidad.id, evalua, Facultad.EVALUAR)
    designada = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, evalua.id)
    for dice in (
        f"Perdió un juicio con {unidad_por_id(sesion, feria.ana.id).nombre}.",
        "Escríbame: 70712345",
    ):
        with pytest.raises(DatosInvalidos, match="No diga de quién es"), transaccion() as otra:
            recusar(otra, feria.ana.actor, designada, feria.ana.id, dice)
    assert papeles_de(sesion, feria.entidad.id, id_).designaciones[-1].excusas == []
    sesion.rollback()
    with transaccion() as otra:
        recusar(otra, feria.ana.actor, designada, feria.ana.id, MOTIVO)
    (excusa,) = papeles_de(sesion, feria.entidad.id, id_).designaciones[-1].excusas
    assert (excusa.clase, excusa.unidad, excusa.presentada_por) == ("recusacion", None, None)


def test_quien_no_esta_habilitado_no_se_sabe_por_su_rotulo(
    feria: Feria, reloj: Any, sesion: Session, cliente: TestClient, sesion_web: Any, reguladora: Actor
) -> None:
    """Who is suspended is public: a label that said so would have a name. Who decides may not award it."""
    id_ = feria.publicada(cotizacion_rapida=True).id
    for quien in (feria.ana, feria.beto):
        feria.ofertar(quien, id_, ["400", "700"])
    with transaccion() as otra:
        suspender(otra, reguladora, feria.ana.id, "Reclamos")
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    acta = cliente.get(f"{API}/{id_}/actas/1").json()
    assert [set(o) & {"habilitado", "registro"} for o in acta["ofertas"]] == [set(), set()]
    for ruta in (f"/feria/{id_}", f"/feria/{id_}/acta"):
        assert "habilitado" not in cliente.get(ruta).text.lower()
    assert sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text.count("No habilitado") == 2
    de_beto = sesion.exec(select(Oferta.id).where(Oferta.unidad_id == feria.beto.id)).one()
    sesion.rollback()
    decisiones = [DecisionEntrada(item_id=i.id, oferta_id=de_beto, motivo=DECIDIDA) for i in feria.items(id_)]
    with transaccion() as otra:
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
    nombres = cliente.get(f"{API}/{id_}/actas/3").json()
    assert {o["proveedor"]: o["habilitado"] for o in nombres["ofertas"]} == {
        "Cooperativa Ana": False,
        "Carpintería Beto": True,
    }
