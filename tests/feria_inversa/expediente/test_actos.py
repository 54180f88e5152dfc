"""Who may do each act, and that a refused one changes nothing. Through the API, as programs do."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.procesos.convocatorias import cancelar_convocatoria, editar_borrador, publicar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.esquemas import ConvocatoriaCambio
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from feria_inversa.reglas.errores import PlazoInsuficiente
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import ITEMS, SUCRE, Feria, Parte, item

API = "/api/v1/convocatorias"
TABLAS = (
    "feria_convocatoria",
    "feria_item",
    "feria_oferta",
    "feria_sobre",
    "feria_oferta_linea",
    "feria_acta",
    "feria_adjudicacion",
    "feria_orden_de_compra",
    "feria_acto_publico",
    "feria_ocds_release",
    "feria_ocds_compilado",
    "feria_serie",
    "nucleo_evento",
)
CONSULTAS = [f"SELECT CAST(t AS text) FROM {tabla} AS t ORDER BY 1" for tabla in TABLAS] + [
    "SELECT CAST(t AS text) FROM nucleo_auditoria AS t WHERE objeto_tipo LIKE 'feria%' ORDER BY 1"
]


def huella(sesion: Session) -> list[Any]:
    """Everything the fair has stored; equal before and after a refused act."""
    sesion.rollback()
    filas = [sesion.connection().execute(text(consulta)).scalars().all() for consulta in CONSULTAS]
    sesion.rollback()
    return filas


class Api:
    """A program that calls with somebody's token."""

    def __init__(self, cliente: Any, token_de: Callable[..., str]) -> None:
        self.cliente, self.token_de = cliente, token_de

    def __call__(
        self, metodo: str, ruta: str, parte: Parte | None, cuerpo: Any = None, **cabeceras: str
    ) -> Any:
        if parte is not None:
            cabeceras["Authorization"] = f"Bearer {self.token_de(parte.persona)}"
        return self.cliente.request(metodo, ruta, json=cuerpo, headers=cabeceras)


@pytest.fixture
def api(cliente: Any, token_de: Callable[..., str]) -> Api:
    return Api(cliente, token_de)


@pytest.fixture
def extranios(feria: Feria) -> dict[str, tuple[Parte | None, set[int]]]:
    """Who must not act for the entity, and what they are told."""
    compras = (Facultad.COMPRAR, Facultad.EVALUAR)
    otra_entidad = feria.crear_parte(
        "Gobernación Otra", TipoUnidad.ENTIDAD_PUBLICA, compras, (Habilitacion.ENTIDAD_CONTRATANTE,)
    )
    return {
        "nadie": (None, {401}),
        "otra entidad": (otra_entidad, {403, 404}),
        "proveedor": (feria.ana, {403, 404}),
        "facultad ajena": (_con_otra_facultad(feria), {403, 404}),
    }


def _con_otra_facultad(feria: Feria) -> Parte:
    """A person of the very entity who may dispatch, not buy nor evaluate."""
    dora = feria.crear_parte("Depósito Dora")
    feria.mandato(feria.entidad.id, dora.persona, Facultad.DESPACHAR)
    return Parte(feria.entidad.id, dora.persona, dora.actor)


def _nueva(unidad_id: UUID) -> dict[str, Any]:
    return {
        "unidad_id": str(unidad_id),
        "titulo": "Uniformes para la guardia",
        "municipio_ine": SUCRE,
        "plazo_entrega_dias": 20,
        "items": [
            {
                "descripcion": "Uniforme completo",
                "cantidad": "12.0",
                "unidad_medida": "juego",
                "precio_referencial": {"monto": "350.00", "moneda": "BOB"},
            }
        ],
    }


def test_crear_lo_hace_solo_quien_compra_para_la_entidad(
    feria: Feria, sesion: Session, api: Api, extranios: dict[str, Any]
) -> None:
    antes = huella(sesion)
    for quien, (parte, codigos) in extranios.items():
        assert api("POST", API, parte, _nueva(feria.entidad.id)).status_code in codigos, quien
    assert huella(sesion) == antes
    sin_habilitacion = feria.crear_parte(
        "Entidad Nueva", TipoUnidad.ENTIDAD_PUBLICA, (Facultad.COMPRAR,), habilitaciones=()
    )
    antes = huella(sesion)
    negada = api("POST", API, sin_habilitacion, _nueva(sin_habilitacion.id))
    assert (negada.status_code, negada.json()["codigo"]) == (409, "sin_habilitacion")
    assert huella(sesion) == antes

    creada = api("POST", API, feria.entidad, _nueva(feria.entidad.id))
    assert creada.status_code == 201, creada.text
    assert creada.json()["monto_referencial"] == {"monto": "4200.00", "moneda": "BOB"}
    assert creada.json()["items"][0]["cantidad"] == "12"
    assert creada.headers["etag"] == '"1"'


ACTOS = ["patch", "delete", "publicacion", "cancelacion", "apertura", "adjudicacion", "ordenes-de-compra"]


def _pedir(api: Api, feria: Feria, acto: str, id_: UUID, parte: Parte | None) -> Any:
    if acto == "patch":
        return api("PATCH", f"{API}/{id_}", parte, {"titulo": "Otro título"}, **{"If-Match": '"1"'})
    if acto == "delete":
        return api("DELETE", f"{API}/{id_}", parte)
    cuerpos: dict[str, Any] = {
        "publicacion": {"vence_en": (ahora() + timedelta(days=10)).isoformat()},
        "cancelacion": {"motivo": "Se modificó el presupuesto."},
        "adjudicacion": {
            "decisiones": [
                {"item_id": str(i.id), "oferta_id": None, "motivo": "No cumple lo pedido."}
                for i in feria.items(id_)
            ]
        },
    }
    return api("POST", f"{API}/{id_}/{acto}", parte, cuerpos.get(acto))


@pytest.mark.parametrize("acto", ACTOS)
def test_cada_acto_de_la_entidad_lo_hace_solo_quien_puede(
    acto: str, feria: Feria, sesion: Session, api: Api, reloj: Any, extranios: dict[str, Any]
) -> None:
    if acto in {"patch", "delete", "publicacion"}:
        id_ = feria.borrador().id
    else:
        id_ = feria.publicada().id
        oferta = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    if acto in {"apertura", "adjudicacion", "ordenes-de-compra"}:
        reloj.adelantar(timedelta(days=10, seconds=1))
    if acto in {"adjudicacion", "ordenes-de-compra"}:
        with transaccion() as otra:
            abrir_convocatoria(otra, feria.entidad.actor, id_)
    if acto == "ordenes-de-compra":
        from feria_inversa.evaluacion.adjudicacion import adjudicar
        from feria_inversa.evaluacion.esquemas import DecisionEntrada

        decisiones = [DecisionEntrada(item_id=i.id, oferta_id=oferta) for i in feria.items(id_)]
        with transaccion() as otra:
            adjudicar(otra, feria.entidad.actor, id_, decisiones)

    antes = huella(sesion)
    for quien, (parte, codigos) in extranios.items():
        respuesta = _pedir(api, feria, acto, id_, parte)
        assert respuesta.status_code in codigos, (quien, respuesta.text)
        assert huella(sesion) == antes, quien

    hecha = _pedir(api, feria, acto, id_, feria.entidad)
    assert hecha.status_code in {200, 201, 204}, hecha.text
    assert huella(sesion) != antes


def _oferta(
    feria: Feria, id_: UUID, unidad_id: UUID, precio: str = "400.00", **campos: Any
) -> dict[str, Any]:
    primero = feria.items(id_)[0]
    linea = {
        "item_id": str(primero.id),
        "precio_unitario": {"monto": precio},
        "marca": "Artesanal",
        "plazo_dias": 10,
    }
    return {"unidad_id": str(unidad_id), "lineas": [linea | campos]}


def test_ofertar_lo_hace_solo_un_proveedor_habilitado_y_sin_conflicto(
    feria: Feria, sesion: Session, api: Api, crear_persona: Any
) -> None:
    id_ = feria.publicada().id
    url = f"{API}/{id_}/ofertas"
    sin_habilitacion = feria.crear_parte("Taller Nuevo", habilitaciones=())
    vendedor = feria.crear_parte("Taller Vende", facultades=(Facultad.VENDER,))
    limitado = feria.crear_parte("Taller Limitado", limite="15999.99")
    del_estado = feria.crear_parte("Familiar Oferta", persona=feria.entidad.persona)
    casos = [
        (None, feria.ana.id, 401, "no_autenticado"),
        (feria.beto, feria.ana.id, 403, "sin_facultad"),
        (vendedor, vendedor.id, 403, "sin_facultad"),
        (sin_habilitacion, sin_habilitacion.id, 409, "sin_habilitacion"),
        (limitado, limitado.id, 403, "monto_excede_mandato"),
        (del_estado, del_estado.id, 403, "conflicto_de_interes"),
    ]
    antes = huella(sesion)
    for parte, unidad_id, estado, codigo in casos:
        respuesta = api("POST", url, parte, _oferta(feria, id_, unidad_id))
        assert (respuesta.status_code, respuesta.json()["codigo"]) == (estado, codigo)
        assert huella(sesion) == antes

    hecha = api("POST", url, feria.ana, _oferta(feria, id_, feria.ana.id))
    assert hecha.status_code == 201, hecha.text
    recibo = hecha.json()
    assert set(recibo) == {
        "id",
        "convocatoria_id",
        "unidad_id",
        "estado",
        "intento",
        "presentada_en",
        "terminada_en",
        "cantidad_lineas",
        "version",
        "huella",
        "huella_sobre",
        "huella_tecnica",
        "huella_sobre_tecnico",
        "recibo",
        "firma",
        "clave",
    }
    assert re.fullmatch(r"[0-9a-f]{64}", recibo["huella"])
    otra = api("POST", url, feria.ana, _oferta(feria, id_, feria.ana.id))
    assert (otra.status_code, otra.json()["codigo"]) == (409, "oferta_ya_presentada")
    ajena = f"{url}/{recibo['id']}"
    for metodo, cuerpo in (("GET", None), ("PUT", _oferta(feria, id_, feria.ana.id)), ("DELETE", None)):
        if cuerpo:
            cuerpo.pop("unidad_id")
        assert api(metodo, ajena, feria.beto, cuerpo).status_code == 404
        assert api(metodo, ajena, feria.entidad, cuerpo).status_code == 404
    cuerpo = _oferta(feria, id_, feria.ana.id, "390.00")
    cuerpo.pop("unidad_id")
    assert api("PUT", ajena, feria.ana, cuerpo).json()["intento"] == 2
    assert api("GET", ajena, feria.ana).json()["estado"] == "reemplazada"
    assert api("DELETE", ajena, feria.ana).json()["codigo"] == "oferta_terminada"


def test_la_entidad_no_oferta_en_lo_suyo(feria: Feria, sesion: Session, api: Api) -> None:
    doble = feria.crear_parte(
        "Empresa Estatal Doble",
        TipoUnidad.ENTIDAD_PUBLICA,
        (Facultad.COMPRAR, Facultad.OFERTAR),
        (Habilitacion.ENTIDAD_CONTRATANTE, Habilitacion.PROVEEDOR_DEL_ESTADO),
    )
    creada = api("POST", API, doble, _nueva(doble.id)).json()
    vence_en = (ahora() + timedelta(days=10)).isoformat()
    api("POST", f"{API}/{creada['id']}/publicacion", doble, {"vence_en": vence_en})
    antes = huella(sesion)
    negada = api("POST", f"{API}/{creada['id']}/ofertas", doble, _oferta(feria, UUID(creada["id"]), doble.id))
    assert (negada.status_code, negada.json()["codigo"]) == (403, "conflicto_de_interes")
    assert huella(sesion) == antes


def test_quien_representa_a_un_oferente_no_abre_ni_adjudica(
    feria: Feria, sesion: Session, reloj: Any, api: Api
) -> None:
    """The mandate came after the bid: it still counts."""
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    feria.mandato(feria.ana.id, feria.entidad.persona, Facultad.VENDER)
    reloj.adelantar(timedelta(days=10, seconds=1))
    antes = huella(sesion)
    negada = api("POST", f"{API}/{id_}/apertura", feria.entidad)
    assert (negada.status_code, negada.json()["codigo"]) == (403, "conflicto_de_interes")
    assert huella(sesion) == antes


def test_adjudicar_sobre_el_limite_del_mandato(feria: Feria, sesion: Session, reloj: Any, api: Api) -> None:
    eva = feria.crear_parte("Evaluadora Eva")
    feria.mandato(feria.entidad.id, eva.persona, Facultad.EVALUAR, limite="20199.99")
    id_ = feria.publicada().id
    oferta = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])  # 20.200,00 in all
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    pupitre, pizarra = feria.items(id_)

    def decidir(segundo: str | None, motivo: str = "") -> Any:
        decisiones = [
            {"item_id": str(pupitre.id), "oferta_id": str(oferta)},
            {"item_id": str(pizarra.id), "oferta_id": segundo, "motivo": motivo},
        ]
        return api("POST", f"{API}/{id_}/adjudicacion", eva, {"decisiones": decisiones})

    antes = huella(sesion)
    excede = decidir(str(oferta))
    assert (excede.status_code, excede.json()["codigo"]) == (403, "monto_excede_mandato")
    assert huella(sesion) == antes
    hecha = decidir(None, "No cumple las medidas pedidas.")
    assert hecha.status_code == 200, hecha.text
    assert [i["adjudicacion"]["resultado"] for i in hecha.json()["items"]] == ["adjudicado", "desierto"]


def test_motivos_obligatorios_al_decidir(feria: Feria, sesion: Session, reloj: Any, api: Api) -> None:
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["440.00", "770.00"])
    de_beto = feria.ofertar(feria.beto, id_, ["430.00", None])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    pupitre, pizarra = feria.items(id_)

    def decidir(*filas: tuple[Any, UUID | None, str]) -> Any:
        decisiones = [
            {"item_id": str(i.id), "oferta_id": str(o) if o else None, "motivo": m} for i, o, m in filas
        ]
        return api("POST", f"{API}/{id_}/adjudicacion", feria.entidad, {"decisiones": decisiones})

    bien = (pizarra, de_ana, "")
    antes = huella(sesion)
    casos = [
        (((pupitre, de_ana, ""), bien), "decisiones.0.motivo", "la que sale primera"),
        (((pupitre, None, "corto"), bien), "decisiones.0.motivo", "desierto"),
        (((pupitre, de_beto, ""), (pizarra, de_beto, "")), "decisiones.1.oferta_id", "no cotiza"),
        ((bien,), "decisiones", "todos los ítems"),
        (((pupitre, de_beto, ""), (pupitre, de_beto, "")), "decisiones", "todos los ítems"),
    ]
    for filas, campo, texto in casos:
        negada = decidir(*filas)
        assert negada.status_code == 422
        assert texto in negada.json()["campos"][campo]
        assert huella(sesion) == antes

    hecha = decidir((pupitre, de_ana, "La oferta más barata no trae respaldo."), bien)
    assert hecha.json()["estado"] == "adjudicado"
    assert hecha.json()["items"][0]["adjudicacion"]["proveedor"]["id"] == str(feria.ana.id)


def test_no_se_adjudica_sobre_la_referencia(
    feria: Feria, sesion: Session, reloj: Any, api: Api, sesion_web: Any
) -> None:
    """Whatever reason is given; where all bids are above it the form says why, and who decides ticks it."""
    id_ = feria.publicada(items=[item("Motobomba", "10", "100.00")]).id
    cara = feria.ofertar(feria.ana, id_, ["99999999.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    (motobomba,) = feria.items(id_)
    decision = {"item_id": str(motobomba.id), "oferta_id": str(cara), "motivo": "Porque sí, diez letras."}
    antes = huella(sesion)

    negada = api("POST", f"{API}/{id_}/adjudicacion", feria.entidad, {"decisiones": [decision]})

    assert (negada.status_code, negada.json()["codigo"]) == (422, "sobre_la_referencia")
    assert "supera el precio referencial" in negada.json()["campos"]["decisiones.0.oferta_id"]
    assert huella(sesion) == antes
    html = sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    assert "Las propuestas económicas superaron el precio referencial." in html
    (desierto,) = re.findall(r'<input[^>]*value="desierto"[^>]*>', html)
    assert "checked" not in desierto
    decision |= {"oferta_id": None}
    hecha = api("POST", f"{API}/{id_}/adjudicacion", feria.entidad, {"decisiones": [decision]})
    assert hecha.json()["estado"] == "desierto"


def test_la_base_tampoco_adjudica_sobre_la_referencia(feria: Feria, reloj: Any, duenio: Engine) -> None:
    id_ = feria.publicada(items=[item("Motobomba", "10", "100.00")]).id
    feria.ofertar(feria.ana, id_, ["100.01"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    adjudicar_en_sql = text(
        "INSERT INTO feria_adjudicacion (id, convocatoria_id, item_id, resultado, oferta_linea_id, "
        "proveedor_id, total, es_menor_precio, motivo, decidida_en, decidida_por) "
        "SELECT gen_random_uuid(), l.convocatoria_id, l.item_id, 'adjudicado', l.id, o.unidad_id, l.total, "
        "true, '', now(), 'nadie' "
        "FROM feria_oferta_linea l JOIN feria_oferta o ON o.id = l.oferta_id"
    )
    with pytest.raises(IntegrityError, match="an award above the reference"), duenio.begin() as conexion:
        conexion.execute(adjudicar_en_sql)


@pytest.mark.parametrize(
    ("dias_habiles", "items", "codigo", "pasa"),
    [
        (1, ITEMS, "CM", True),  # its minimum is not confirmed: it is told, and keeps nobody
        (3, [item("Camioneta", "1", "150000.00")], "ANPE", False),
        (4, [item("Camioneta", "1", "200000.00")], "ANPE", True),
        (7, [item("Camioneta", "1", "200000.01")], "ANPP", False),
        (8, [item("Camioneta", "1", "1000000.00")], "ANPP", True),
        (14, [item("Puente", "1", "1000000.01")], "LP", False),
        (15, [item("Puente", "1", "1000000.01")], "LP", True),
    ],
)
def test_plazo_minimo_en_dias_habiles_segun_la_modalidad(
    dias_habiles: int, items: list[Any], codigo: str, pasa: bool, feria: Feria, sesion: Session
) -> None:
    from datetime import datetime, time

    from feria_inversa.reglas.modelos import Modalidad
    from nucleo.plazos import calendario
    from nucleo.reloj import ZONA, fecha_bolivia

    borrador = feria.borrador(items)
    dia = fecha_bolivia()
    for _n in range(dias_habiles):
        dia = calendario(sesion).siguiente_habil(dia, ["010101"])
    vence_en = datetime.combine(dia, time(18), ZONA)
    if not pasa:
        antes = huella(sesion)
        with pytest.raises(PlazoInsuficiente, match=codigo), transaccion() as otra:
            publicar_convocatoria(otra, feria.entidad.actor, borrador.id, vence_en)
        assert huella(sesion) == antes
        return
    with transaccion() as otra:
        publicada = publicar_convocatoria(otra, feria.entidad.actor, borrador.id, vence_en)
    assert publicada.modalidad_id is not None
    assert sesion.get_one(Modalidad, publicada.modalidad_id).codigo == codigo


def test_publicar_refusa_modalidad_plazo_largo_y_falta_de_items(
    feria: Feria, sesion: Session, api: Api
) -> None:
    con_items, sin_items = feria.borrador(), feria.borrador([])
    diez, lejos = (ahora() + timedelta(days=d) for d in (10, 181))
    casos = [
        (con_items.id, {"vence_en": diez.isoformat(), "modalidad": "LP"}, "modalidad_no_corresponde"),
        (con_items.id, {"vence_en": lejos.isoformat()}, "plazo_insuficiente"),
        (sin_items.id, {"vence_en": diez.isoformat()}, "convocatoria_incompleta"),
        (con_items.id, {"vence_en": "2026-12-01T10:00:00"}, "datos_invalidos"),
    ]
    antes = huella(sesion)
    for id_, cuerpo, codigo in casos:
        negada = api("POST", f"{API}/{id_}/publicacion", feria.entidad, cuerpo)
        assert (negada.status_code, negada.json()["codigo"]) == (422, codigo)
        assert huella(sesion) == antes


def test_lo_que_la_oferta_no_puede_decir(feria: Feria, sesion: Session, api: Api) -> None:
    id_ = feria.publicada().id
    ajeno = feria.items(feria.publicada(titulo="Otra cosa distinta").id)[0]
    url = f"{API}/{id_}/ofertas"
    casos: list[dict[str, Any]] = [
        _oferta(feria, id_, feria.ana.id, "0.00"),
        _oferta(feria, id_, feria.ana.id, "1.00001"),
        _oferta(feria, id_, feria.ana.id, "-1.00"),
        _oferta(feria, id_, feria.ana.id, plazo_dias=31),
        _oferta(feria, id_, feria.ana.id, item_id=str(ajeno.id)),
        _oferta(feria, id_, feria.ana.id, marca=" "),
        _oferta(feria, id_, feria.ana.id, marca="a\x00b"),
        {"unidad_id": str(feria.ana.id), "lineas": []},
        {"unidad_id": str(feria.ana.id), "lineas": _oferta(feria, id_, feria.ana.id)["lineas"] * 2},
    ]
    antes = huella(sesion)
    for cuerpo in casos:
        negada = api("POST", url, feria.ana, cuerpo)
        assert negada.status_code == 422, negada.text
        assert huella(sesion) == antes


def test_lo_que_no_llega_a_un_centavo_no_entra_y_lo_que_llega_se_ordena(
    feria: Feria, sesion: Session, reloj: Any, api: Api
) -> None:
    """R2: 0,125 kg at Bs 0,04 is half a centavo, which is written as one; at Bs 0,03 it is nothing."""
    azafran = {"descripcion": "Azafrán", "cantidad": "0.125", "unidad_medida": "kilogramo"}
    nueva = _nueva(feria.entidad.id)

    def pedir(precio: str) -> Any:
        items = [*nueva["items"], azafran | {"precio_referencial": {"monto": precio, "moneda": "BOB"}}]
        return api("POST", API, feria.entidad, nueva | {"items": items})

    antes = huella(sesion)
    negada = pedir("0.03")
    assert (negada.status_code, "no llega a un centavo" in negada.text) == (422, True)
    assert huella(sesion) == antes

    id_ = UUID(pedir("0.04").json()["id"])
    with transaccion() as otra:
        publicar_convocatoria(otra, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    _uniforme, azafranes = feria.items(id_)
    assert azafranes.total_referencial == bs("0.01")
    url, antes = f"{API}/{id_}/ofertas", huella(sesion)
    oferta = _oferta(feria, id_, feria.ana.id, "0.03", item_id=str(azafranes.id))
    negada = api("POST", url, feria.ana, oferta)
    assert (negada.status_code, "no llega a un centavo" in negada.text) == (422, True)
    assert huella(sesion) == antes

    oferta["lineas"][0]["precio_unitario"]["monto"] = "0.04"
    assert api("POST", url, feria.ana, oferta).status_code == 201
    reloj.adelantar(timedelta(days=11))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    (abierta,) = api("GET", url, None).json()["datos"]
    assert abierta["total"]["monto"] == "0.01"
    decisiones = [
        {"item_id": str(_uniforme.id), "oferta_id": None, "motivo": "Nadie lo ofertó."},
        {"item_id": str(azafranes.id), "oferta_id": abierta["id"]},
    ]
    hecha = api("POST", f"{API}/{id_}/adjudicacion", feria.entidad, {"decisiones": decisiones})
    assert hecha.status_code == 200, hecha.text
    ordenes = api("POST", f"{API}/{id_}/ordenes-de-compra", feria.entidad)
    assert (ordenes.status_code, [o["total"]["monto"] for o in ordenes.json()]) == (201, ["0.01"])


def test_la_unidad_se_escribe_como_se_quiera_y_el_codigo_como_en_sicoes(feria: Feria, api: Api) -> None:
    borrador = feria.borrador()
    item = {
        "descripcion": "Barbijo quirúrgico de tres capas",
        "unspsc": "4213160",
        "cantidad": "100",
        "unidad_medida": "PZAS.",
        "precio_referencial": {"monto": "1.50", "moneda": "BOB"},
    }
    url = f"{API}/{borrador.id}"
    hecha = api("PATCH", url, feria.entidad, {"items": [item]}, **{"If-Match": '"1"'})
    (escrito,) = hecha.json()["items"]
    assert (escrito["unidad_medida"], escrito["unspsc"]) == ("pieza", "42131600")
    con_contenido = item | {"unidad_medida": "CAJA X 50"}
    mal = api("PATCH", url, feria.entidad, {"items": [con_contenido]}, **{"If-Match": '"2"'})
    assert mal.status_code == 422
    assert mal.json()["campos"] == {
        "items.0.unidad_medida": "Como unidad escriba solo «caja»; cuánto trae va en la descripción."
    }


def test_editar_con_etag_y_solo_borradores(feria: Feria, sesion: Session, api: Api) -> None:
    borrador = feria.borrador()
    url = f"{API}/{borrador.id}"
    assert api("PATCH", url, feria.entidad, {"titulo": "Con otro título"}).status_code == 428
    vieja = api("PATCH", url, feria.entidad, {"titulo": "Con otro título"}, **{"If-Match": '"9"'})
    assert vieja.status_code == 412
    hecha = api("PATCH", url, feria.entidad, {"titulo": "Con otro título"}, **{"If-Match": '"1"'})
    assert (hecha.json()["titulo"], hecha.headers["etag"]) == ("Con otro título", '"2"')
    assert len(hecha.json()["items"]) == 2
    sin_items = api("PATCH", url, feria.entidad, {"items": []}, **{"If-Match": '"2"'})
    assert sin_items.json()["items"] == []
    cambios = text(
        "SELECT datos -> 'campos' FROM nucleo_auditoria WHERE accion = 'convocatoria.editar' ORDER BY numero"
    )
    assert list(sesion.connection().execute(cambios).scalars()) == [["titulo"], ["items"]]

    publicada = feria.publicada()
    antes = huella(sesion)
    with pytest.raises(EstadoNoPermite), transaccion() as otra:
        editar_borrador(otra, feria.entidad.actor, publicada.id, ConvocatoriaCambio(titulo="No se puede"))
    assert huella(sesion) == antes


def test_una_convocatoria_cancelada_no_recibe_ni_abre(
    feria: Feria, sesion: Session, reloj: Any, api: Api
) -> None:
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Se modificó el presupuesto.")
    entregar_pendientes()
    tarde = api("POST", f"{API}/{id_}/ofertas", feria.beto, _oferta(feria, id_, feria.beto.id))
    assert (tarde.status_code, tarde.json()["codigo"]) == (409, "oferta_tardia")
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert api("POST", f"{API}/{id_}/apertura", feria.entidad).json()["codigo"] == "estado_no_permite"
    assert api("GET", f"{API}/{id_}/ofertas", None).json()["codigo"] == "sobres_cerrados"
    assert sesion.get_one(Convocatoria, id_).motivo_cierre == "Se modificó el presupuesto."


def test_una_oferta_en_el_instante_del_cierre_es_tardia(feria: Feria, sesion: Session, reloj: Any) -> None:
    """The deadline itself, to the microsecond, by the database's trigger."""
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    from sqlalchemy.exc import IntegrityError

    copiar = text(
        "INSERT INTO feria_oferta (id, convocatoria_id, unidad_id, intento, estado, presentada_en, "
        "presentada_por, huella, cantidad_lineas, version) "
        "SELECT gen_random_uuid(), o.convocatoria_id, :beto, 1, o.estado, c.vence_en, o.presentada_por, "
        "o.huella, o.cantidad_lineas, o.version FROM feria_oferta o JOIN feria_convocatoria c ON c.id = :id"
    )
    reloj.situar(sesion.get_one(Convocatoria, id_).vence_en)
    sesion.rollback()
    with pytest.raises(IntegrityError, match="late bid"):
        sesion.connection().execute(copiar, {"beto": feria.beto.id, "id": id_})


def test_repetir_con_la_misma_clave_no_duplica(feria: Feria, sesion: Session, api: Api) -> None:
    cuerpo = _nueva(feria.entidad.id)
    primera = api("POST", API, feria.entidad, cuerpo, **{"Idempotency-Key": "abc"})
    segunda = api("POST", API, feria.entidad, cuerpo, **{"Idempotency-Key": "abc"})
    assert primera.status_code == segunda.status_code == 201
    assert primera.content == segunda.content
    id_ = str(nuevo_id())
    assert api("POST", API, feria.entidad, cuerpo | {"id": id_}).json()["id"] == id_
    assert api("POST", API, feria.entidad, cuerpo | {"id": id_}).json()["id"] == id_
    sesion.rollback()
    cuantas = sesion.connection().execute(text("SELECT count(*) FROM feria_convocatoria")).scalar_one()
    assert cuantas == 2


def test_cantidades_segun_la_unidad_de_medida(feria: Feria) -> None:
    with pytest.raises(DatosInvalidos, match="no lleva decimales"):
        feria.borrador([item("Pupitre", "1.5", "10.00")])
    borrador = feria.borrador([item("Quinua real", "0.125", "10.04", "kilogramo")])
    assert borrador.monto_referencial == bs("1.26")  # 1,255 goes to the even centavo
    assert feria.items(borrador.id)[0].cantidad == Decimal("0.125")


def test_avisos_a_quienes_corresponde(feria: Feria, sesion: Session, reloj: Any, aplicacion: Any) -> None:
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    entregar_pendientes()
    reloj.adelantar(timedelta(days=10, seconds=1))
    cerrar_recepciones()
    entregar_pendientes()
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    entregar_pendientes()

    def asuntos(unidad_id: UUID) -> list[str]:
        consulta = text(
            "SELECT asunto FROM ciudadania_notificacion WHERE unidad_id = :u"
            " AND enlace ~ '^.(feria|compras|ofertas)'"
        )
        return [
            fila.split(":")[0] for fila in sesion.connection().execute(consulta, {"u": unidad_id}).scalars()
        ]

    assert sorted(asuntos(feria.ana.id)) == ["Recibimos su oferta", "Se abrieron los sobres"]
    assert sorted(asuntos(feria.entidad.id)) == ["Convocatoria publicada", "Ya puede abrir las ofertas"]
    assert asuntos(feria.beto.id) == []
