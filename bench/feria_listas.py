"""The lists of the reverse fair at a million processes against ten thousand: whole pages, 8 connections.

One server, two databases that share the first ten thousand; each has its own uvicorn, asked by turns. Three
processes in a hundred take bids; one in fifty is of the entity, and one in fifty has a bid of the unit, whose
lists are looked at. `python -m bench feria_listas`; `QHATU_BENCH_PROCESOS` says how many are many.
"""

import os
import subprocess
import sys
import urllib.request
from contextlib import ExitStack
from json import dumps, loads
from urllib.parse import urlencode

import psycopg

from bench.apoyo import RAIZ, Fila, banco, mediana
from bench.comercio_datos import Medida, preparar, servidor_web
from demostracion.elenco import id_de_unidad

POCOS, MUCHOS = 10_000, int(os.environ.get("QHATU_BENCH_PROCESOS", "1000000"))
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "3"))
SEGUNDOS = float(os.environ.get("QHATU_BENCH_SEGUNDOS", "4"))
LOTE, OBJETIVO, HONDAS = 100_000, 1.5, 20
COMPRA, OFERTA = "alcaldia", "madera"
_TABLAS = ("feria_convocatoria", "feria_oferta")
_INDICES = """
    SELECT CAST(indexrelid AS regclass), pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid IN ('feria_convocatoria'::regclass, 'feria_oferta'::regclass) AND NOT indisunique
"""
_QUE = [
    "Mobiliario",
    "Alimentos",
    "Uniformes",
    "Cemento",
    "Medicamentos",
    "Transporte",
    "Imprenta",
    "Limpieza",
]
_PARA = [
    "escuelas",
    "hospital",
    "alcaldía",
    "cuartel",
    "biblioteca",
    "mercado",
    "estadio",
    "albergue",
    "guardería",
]
_PROCESOS = """
    INSERT INTO feria_convocatoria (id, unidad_id, estado, version, titulo, descripcion, categoria,
        municipio_ine, lugar_entrega, plazo_entrega_dias, monto_referencial, modalidad_id, cuce, ocid,
        creado_en, publicado_en, vence_en, cerrado_en, abierto_en, resuelto_en, cancelado_en, motivo_cierre,
        cierre, texto_busqueda, reglas, items_adjudicados, resoluciones, items_ordenados, sigue_en, versiones,
        pedido_en, adjudica_por, metodo, puntos_tecnica, minimo_tecnica, subasta,
        subasta_por_rondas, dos_sobres, cotizacion_rapida, busqueda)
    SELECT md5('proceso' || n)::uuid,
        CASE WHEN n %% 50 = 7 THEN %(compra)s ELSE u.ids[1 + n %% u.cuantas] END,
        estado, 1, titulo, 'Según lo que piden las unidades.',
        (ARRAY['bienes', 'servicios', 'obras', 'consultoria'])[1 + n %% 4], d.ines[1 + n %% d.cuantos],
        '', 30, 100000 + n %% 9999, (modalidad ->> 0)::uuid,
        '26-1101-00-' || lpad(n::text, 7, '0') || '-1-1', 'ocds-bench-' || n, hace, hace, vence,
        CASE WHEN estado <> 'publicado' THEN vence END,
        CASE WHEN estado NOT IN ('publicado', 'cancelado') THEN vence END,
        CASE WHEN estado = 'resuelto' THEN vence + interval '3 days' END,
        CASE WHEN estado = 'cancelado' THEN vence END,
        CASE WHEN estado = 'cancelado' THEN 'Ya no hace falta comprarlo.' END,
        CASE WHEN estado = 'cancelado' THEN 'cancela' END,
        '', modalidad -> 1, (estado = 'resuelto')::int, (estado = 'resuelto')::int,
        (estado = 'resuelto' AND n %% 100 < 98)::int,
        CASE WHEN estado = 'evaluacion' THEN now() + interval '9 days' END,
        1, 1, 'item', 'precio', 0, 0, false, false, false, false,
        setweight(to_tsvector('feria_es', titulo), 'A') || setweight(to_tsvector('feria_es', mas), 'B')
    FROM generate_series(%(desde)s::int, %(hasta)s::int) AS n
    CROSS JOIN LATERAL (SELECT CASE WHEN n %% 100 < 3 THEN 'publicado' WHEN n %% 100 < 4 THEN 'evaluacion'
        WHEN n %% 100 < 10 THEN 'cancelado' ELSE 'resuelto' END AS estado) e
    CROSS JOIN LATERAL (SELECT now() - CASE WHEN estado = 'publicado' THEN make_interval(hours => n %% 200)
        ELSE make_interval(secs => 3000000 + n * 90.0) END AS hace) h
    CROSS JOIN LATERAL (SELECT CASE WHEN estado = 'publicado'
        THEN now() + make_interval(mins => 60 + n %% 40000)
        ELSE hace + interval '9 days' END AS vence) v
    CROSS JOIN LATERAL (SELECT (%(para)s::text[])[1 + n / 7 %% 9] AS mas,
        format('%%s para %%s, lote %%s', (%(que)s::text[])[1 + n / 100 %% 8],
            (%(para)s::text[])[1 + n / 13 %% 9], n) AS titulo,
        %(modalidades)s::jsonb -> (n %% 2) AS modalidad) f
    CROSS JOIN (SELECT array_agg(id) AS ids, count(*)::int AS cuantas FROM registro_unidad) u
    CROSS JOIN (SELECT array_agg(ine) AS ines, count(*)::int AS cuantos FROM registro_municipio) d
"""
_OFERTAS = """
    INSERT INTO feria_oferta (id, convocatoria_id, unidad_id, intento, estado, presentada_en, presentada_por,
        huella, cantidad_lineas, version)
    SELECT md5('oferta' || n)::uuid, md5('proceso' || n)::uuid,
        CASE WHEN n %% 50 = 9 THEN %(oferta)s ELSE u.ids[1 + n %% u.cuantas] END, 1, 'vigente',
        now() - make_interval(secs => n * 90.0), 'Medición', lpad(to_hex(n), 64, '0'), 1, 1
    FROM generate_series(%(desde)s::int, %(hasta)s::int) AS n
    CROSS JOIN (SELECT array_agg(id) AS ids, count(*)::int AS cuantas FROM registro_unidad) u
"""
# In a process of its own, so that settings are read afresh: the cookies of who buys and of who bids, and two
# modalities with the rules that a process keeps of them.
_PREPARAR = """
import json, sys
from ciudadania.sesiones import abrir_sesion, nombre_de_galleta
from demostracion.elenco import persona
from feria_inversa.reglas import modalidad_para
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import fecha_bolivia
with transaccion() as sesion:
    galletas = [
        f"{nombre_de_galleta()}={abrir_sesion(sesion, persona(sesion, clave), agente='medición')}"
        for clave in sys.argv[1:]
    ]
    reglas = [modalidad_para(sesion, bs(monto), fecha_bolivia()) for monto in ("1000", "100000")]
    print(json.dumps([galletas, [[str(id_), suyas.foto()] for id_, suyas in reglas]]))
"""


def medir() -> list[Fila]:
    with banco() as b, ExitStack() as pila:
        preparar(b.url_dueno)
        galletas, modalidades = _sembrar()
        _cargar(b.url_dueno, modalidades, 1, POCOS)
        de_pocos = f"qhatu_{POCOS}"
        with psycopg.connect(_otra(b.url_admin, "postgres"), autocommit=True) as conexion:
            conexion.execute(f"CREATE DATABASE {de_pocos} TEMPLATE qhatu")
        _cargar(b.url_dueno, modalidades, POCOS + 1, MUCHOS)
        servidores = [servidor_web(url) for url in (b.url, _otra(b.url, de_pocos))]
        muchos, pocos = (
            Medida(*pila.enter_context(servidor), b.postgres.proceso.pid, SEGUNDOS) for servidor in servidores
        )
        return [
            _comparar(nombre, ruta, galletas.get(de, ""), muchos, pocos) for nombre, ruta, de in _listas()
        ]


def _listas() -> list[tuple[str, dict[str, str] | str, str]]:
    """What is looked at: of the public list, its filters, looked at in its first page and deep in it."""
    filtros: list[tuple[str, dict[str, str]]] = [
        ("abiertas", {}),
        ("cerradas", {"situacion": "cerradas"}),
        ("todas", {"situacion": "todas"}),
        ("departamento", {"departamento": "02", "situacion": "todas"}),
        ("modalidad", {"modalidad": "ANPE", "situacion": "todas"}),
        ("categoría", {"categoria": "obras", "situacion": "todas"}),
        ("cierra pronto", {"cierra_en_dias": "3"}),
        ("dos palabras", {"q": "mobiliario escuelas", "situacion": "todas"}),
        ("una palabra, abiertas", {"q": "cemento"}),
        ("un CUCE", {"q": "26-1101-00-0000105", "situacion": "todas"}),
    ]
    publicas: list[tuple[str, dict[str, str] | str, str]] = [(n, f, "") for n, f in filtros]
    return [
        *publicas,
        ("página /feria", "/feria", ""),
        ("de la entidad, en curso", "/compras", COMPRA),
        ("de la entidad, terminadas", "/compras?ver=terminadas", COMPRA),
        ("ofertas de la unidad", "/ofertas", OFERTA),
        ("panel de quien compra", "/", COMPRA),
        ("panel de quien oferta", "/", OFERTA),
    ]


def _comparar(nombre: str, que: dict[str, str] | str, galleta: str, muchos: Medida, pocos: Medida) -> Fila:
    rutas = {medida: [que] if isinstance(que, str) else _paginas(medida, que) for medida in (muchos, pocos)}
    resto = f"Cookie: {galleta}\r\n\r\n".encode() if galleta else b"\r\n"

    def rapidez(medida: Medida) -> tuple[float, float, float, float]:
        suyas = rutas[medida]
        return medida.turnos(lambda turno: [("GET", suyas[turno % len(suyas)], resto)])

    for medida in (muchos, pocos):
        rapidez(medida)
    rondas = [(rapidez(muchos), rapidez(pocos)) for _ in range(RONDAS)]
    razones = [m[1] / p[1] for m, p in rondas]
    m95, p95 = (mediana([r[n][1] for r in rondas]) for n in (0, 1))
    base = mediana([r[0][3] for r in rondas]), mediana([r[1][3] for r in rondas])
    nota = f"{min(razones):.2f} a {max(razones):.2f}; p95 {m95:.0f} y {p95:.0f} ms"
    nota += f"; base {base[0]:.1f} y {base[1]:.1f} ms"
    return Fila(f"p95, {nombre}", mediana([r[0][0] for r in rondas]), mediana(razones), OBJETIVO, nota)


def _paginas(medida: Medida, filtro: dict[str, str]) -> list[str]:
    """The first pages of a list and some deep ones: so many of a hundred are walked to get there."""
    base = f"http://127.0.0.1:{medida.puerto}/api/v1/convocatorias?"
    lista, rutas = "/api/v1/convocatorias?", ["/api/v1/convocatorias?" + urlencode(filtro)]
    cursor = None
    for _ in range(HONDAS):
        pedido = filtro | {"limite": "100"} | ({"cursor": cursor} if cursor else {})
        with urllib.request.urlopen(base + urlencode(pedido)) as respuesta:
            cursor = loads(respuesta.read())["siguiente"]
        if cursor is None:
            break
        rutas.append(lista + urlencode(filtro | {"cursor": cursor}))
    return rutas[:2] + rutas[-3:]


def _sembrar() -> tuple[dict[str, str], str]:
    """The cookies, and the modalities as JSON."""
    orden = [sys.executable, "-c", _PREPARAR, COMPRA, OFERTA]
    fin = subprocess.run(orden, cwd=RAIZ, check=True, stdout=subprocess.PIPE, text=True)
    galletas, modalidades = loads(fin.stdout.splitlines()[-1])
    return dict(zip((COMPRA, OFERTA), galletas, strict=True)), dumps(modalidades)


def _cargar(url: str, modalidades: str, desde: int, hasta: int) -> None:
    """Processes and a bid of each, as they would be left: indexes are built at the end."""
    fijos: dict[str, object] = {"que": _QUE, "para": _PARA, "modalidades": modalidades}
    fijos |= {"compra": id_de_unidad(COMPRA), "oferta": id_de_unidad(OFERTA)}
    with psycopg.connect(url, autocommit=True) as conexion:
        indices = conexion.execute(_INDICES).fetchall()
        for nombre, _orden in indices:
            conexion.execute(f"DROP INDEX {nombre}")
        for tabla in _TABLAS:
            conexion.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        for primero in range(desde, hasta + 1, LOTE):
            lote = fijos | {"desde": primero, "hasta": min(primero + LOTE - 1, hasta)}
            for sentencia in (_PROCESOS, _OFERTAS):
                conexion.execute(sentencia, lote)
        for tabla in _TABLAS:
            conexion.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")
        for _nombre, orden in indices:
            conexion.execute(orden)
        conexion.execute(f"VACUUM ANALYZE {', '.join(_TABLAS)}")


def _otra(url: str, base: str) -> str:
    return url.replace("/qhatu?", f"/{base}?")
