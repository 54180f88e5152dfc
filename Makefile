# Qhatu. On a fresh machine `make run` and `make test` prepare everything they need.

RAIZ := $(shell dirname -- "$(strip $(MAKEFILE_LIST))")
EN_RAIZ := cd "$(RAIZ)" &&
PUERTO ?=
DATOS ?=
ARGS ?=
PARTES ?= muertes claves pasarela libro asuntos mandatos actos envios comercio cargas una_unidad contrato
MUERTES ?= 50
SEGUNDOS ?= 120
CAOS := QHATU_PRUEBAS_MUERTES=$(MUERTES) QHATU_PRUEBAS_SEGUNDOS=$(SEGUNDOS) QHATU_PRUEBAS_CLAVES=1000 \
	QHATU_PRUEBAS_CAOS=2000 QHATU_PRUEBAS_PASOS=100000 QHATU_PRUEBAS_MANDATOS=200 QHATU_PRUEBAS_ACTOS=200 \
	QHATU_PRUEBAS_ENVIOS=10000 QHATU_PRUEBAS_COMERCIO=10000 QHATU_PRUEBAS_LINEAS=10000 QHATU_PRUEBAS_UNIDADES=500 \
	QHATU_PRUEBAS_CONTRATO=1 QHATU_PRUEBAS_AZAR=1
CAOS_muertes := tests/caos/test_muertes.py
CAOS_claves := tests/caos/test_claves.py
CAOS_pasarela := tests/pagos/tarjetas/test_fallas.py
CAOS_libro := tests/pagos/libro/test_modelo.py
CAOS_asuntos := tests/pagos/libro/test_maquina_asuntos.py
CAOS_mandatos := tests/registro/mandatos/test_maquina.py
CAOS_actos := tests/registro/actos/test_maquina.py
CAOS_envios := tests/envios/eventos/test_maquina.py tests/envios/portes/test_maquina.py tests/envios/reclamos/test_maquina.py tests/envios/despachos/test_maquina.py tests/caos/test_escaneos.py
CAOS_comercio := tests/comercio/pedidos/test_maquina.py tests/comercio/acuerdos/test_maquina.py tests/comercio/pedidos/test_contra_entrega.py::test_toda_historia_termina tests/feria_inversa/compra_de_catalogo/test_maquina.py tests/comercio/por_pagar/test_maquina.py tests/comercio/promociones/test_historia_de_precios.py tests/comercio/reclamos/test_suspensiones.py tests/caos/test_tienda.py
CAOS_cargas := tests/comercio/cargas/test_cargas.py
CAOS_una_unidad := tests/comercio/pedidos/test_carreras.py::test_64_compradores_por_una_unidad
CAOS_contrato := tests/jornadas/test_contrato.py
unexport PYTHONDONTWRITEBYTECODE # compiling everything at each start would take seconds

.PHONY: help setup setup-dev run test lint format bench caos prueba-sobres limpiar

help:
	@echo "make run     prepara lo necesario y arranca la plataforma (PUERTO=8000 DATOS=carpeta)"
	@echo "make test    prepara lo necesario y corre todas las pruebas (ARGS=... para pytest)"
	@echo "make lint    estilo, tipos y fronteras entre módulos"
	@echo "make format  aplica el estilo"
	@echo "make bench   mediciones, con razones contra el mínimo posible"
	@echo "make caos    muertes bajo carga, claves repetidas, fallas de la pasarela, lecturas sin red entre muertes, y libro, asuntos, mandatos, actos y envíos contra su modelo, historias de pedidos, tarjetas y precios, diez mil productos por archivo, quinientas veces 64 compradores por una unidad, la API contra lo que dice"
	@echo "             (PARTES=\"muertes claves pasarela libro asuntos mandatos actos envios comercio cargas una_unidad contrato\" MUERTES=50 SEGUNDOS=120; docs/fiabilidad.md)"
	@echo "make prueba-sobres  nadie lee un precio sellado: base, WAL, archivos, registros y secretos, en cada momento; y quitar, añadir o alterar una oferta se nota"
	@echo "make setup   solo prepara el entorno de Python"
	@echo "make limpiar borra el entorno de Python (no los datos)"

setup:
	@$(EN_RAIZ) sh deploy/preparar.sh requirements.lock

setup-dev:
	@$(EN_RAIZ) sh deploy/preparar.sh requirements-dev.lock

run: setup
	@$(EN_RAIZ) exec .venv/bin/qhatu run $(if $(PUERTO),--puerto $(PUERTO)) $(if $(DATOS),--datos "$(DATOS)") $(ARGS)

test: setup-dev
	@$(EN_RAIZ) exec .venv/bin/pytest -n 2 --durations=15 $(ARGS)

lint: setup-dev
	@$(EN_RAIZ) .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports \
		&& .venv/bin/vulture && .venv/bin/deptry . && .venv/bin/djlint templates --lint --quiet

format: setup-dev
	@$(EN_RAIZ) .venv/bin/ruff check --fix . && .venv/bin/ruff format .

bench: setup-dev
	@$(EN_RAIZ) exec .venv/bin/python -m bench $(ARGS)

caos: setup-dev
	@$(EN_RAIZ) exec env $(CAOS) .venv/bin/pytest -s --durations=12 \
		$(foreach parte,$(PARTES),$(or $(CAOS_$(parte)),$(error No existe la parte «$(parte)»))) $(ARGS)

prueba-sobres: setup-dev
	@$(EN_RAIZ) exec .venv/bin/pytest -s tests/feria_inversa/prueba_sobres tests/feria_inversa/llaves \
		tests/feria_inversa/ofertas/test_selladas.py $(ARGS)

limpiar:
	@$(EN_RAIZ) rm -rf .venv
